-- What became of each target of a rollout that is over, and what its time went into.
alter table rollout add column past jsonb;

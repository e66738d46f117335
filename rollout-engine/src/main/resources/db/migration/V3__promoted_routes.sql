-- Whether a rollout was ever promoted on the route: from then on an empty active backend is an outage, and no first
-- deployment. Of routes that were used before, the safe thing is assumed.
alter table route add column promoted boolean not null default false;
update route set promoted = true where active is not null;

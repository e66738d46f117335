-- What people think, looking back, of how rollouts ended: the last word on each. Apart from the rollout, whose row the
-- statement that stores a word may write too, and no statement writes a row twice.
create table assessment (
    application text        not null,
    rollout     text        not null,
    ending      text        not null,
    actor       text        not null,
    reason      text,
    assessed_at timestamptz not null,
    primary key (application, rollout)
);

-- Targets whose newest status is a last one, and since when: a while later it is taken off its topic, unless the target has
-- begun anew (ADR 0043).
create table status_over (
    application text collate "C" not null,
    target      text        not null,
    since       timestamptz not null,
    primary key (application, target)
);
create index status_over_since on status_over (since);

insert into status_over (application, target, since)
select a.name, v.target, now()
from application a, jsonb_object_keys(a.state -> 'versions') as v (target)
where jsonb_typeof(a.state -> 'rollout') = 'object' and not exists (
    select from jsonb_array_elements(a.state -> 'rollout' -> 'targets') as t (run)
    where t.run -> 'plan' ->> 'name' = v.target and t.run -> 'position' -> 'stage' ->> 'type' <> 'ended');

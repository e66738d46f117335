with doc as (
    select cast(cast(:changes as text) as jsonb) as j
), stored_applications as (
    update application a
    set state = x.state, state_format = 1, rollout = x.rollout, phase = x.phase, revision = x.revision, degraded = x.degraded,
        updated_at = x.at
    from doc, jsonb_to_recordset(doc.j -> 'applications')
        as x (name text, state jsonb, rollout text, phase text, revision text, degraded integer, at timestamptz)
    where a.name = x.name
), stored_rollouts as (
    insert into rollout (application, id, revision, phase, actor, started_at, ended_at)
    select x.application, x.id, x.revision, x.phase, x.actor, x."startedAt", x."endedAt"
    from doc, jsonb_to_recordset(doc.j -> 'rollouts')
        as x (application text, id text, revision text, phase text, actor text, "startedAt" timestamptz,
              "endedAt" timestamptz)
    on conflict (application, id) do update set phase = excluded.phase, ended_at = excluded.ended_at
), stored_routes as (
    insert into route (identity, object, application, generation, active, promoted)
    select x.identity, x.object, x.application, x.generation, x.active, x.promoted
    from doc, jsonb_to_recordset(doc.j -> 'routes')
        as x (identity text, object text, application text, generation bigint, active text,
              promoted boolean)
    on conflict (identity) do update
        set application = excluded.application, generation = excluded.generation, active = excluded.active,
            promoted = excluded.promoted
), stored_decisions as (
    insert into decision (application, n, audit_id, decision, target, rollout, event_type, event_id, event_reason,
                          actor, reason, errors, before, after, decided_at)
    select x.application, x.n, x.audit ->> 'id', x.audit ->> 'decision', x.audit ->> 'target', x.audit ->> 'rollout',
           x.audit -> 'event' ->> 'type', x.audit -> 'event' ->> 'id', x.audit -> 'event' ->> 'reason',
           x.audit ->> 'actor', x.audit ->> 'reason', x.audit -> 'errors', x.audit -> 'before', x.audit -> 'after',
           cast(x.audit ->> 'time' as timestamptz)
    from doc, jsonb_to_recordset(doc.j -> 'decisions') as x (application text, n bigint, audit jsonb)
), gone_timers as (
    delete from timer t
    using doc, jsonb_to_recordset(doc.j -> 'timersGone')
        as x (application text, target text, kind text, at timestamptz)
    where t.application = x.application and t.target = x.target and t.kind = x.kind and t.due_at = x.at
), new_timers as (
    insert into timer (application, target, kind, due_at)
    select x.application, x.target, x.kind, x.at
    from doc, jsonb_to_recordset(doc.j -> 'timersNew')
        as x (application text, target text, kind text, at timestamptz)
    on conflict do nothing
)
-- ids are given in the order of this list, and an application's rows while its lock is held
insert into outbox (topic, key, value, headers)
select x.e ->> 'topic', decode(x.e ->> 'key', 'base64'), decode(x.e ->> 'value', 'base64'), x.e -> 'headers'
from doc, jsonb_array_elements(doc.j -> 'outbox') with ordinality as x (e, n)
order by x.n

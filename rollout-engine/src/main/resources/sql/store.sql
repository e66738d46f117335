with doc as (
    select cast(cast(:changes as text) as jsonb) as j
), advanced as (
    update consumed c set next_offset = x.next
    from doc, jsonb_to_recordset(doc.j -> 'guard' -> 'advance')
        as x (topic text, partition integer, "topicId" text, expected bigint, next bigint)
    where c.topic = x.topic and c.partition = x.partition and c.topic_id = x."topicId" and c.next_offset = x.expected
    returning 1
), unchanged as (
    select a.name
    from application a
    join (select x.name, x.version
          from doc, jsonb_to_recordset(doc.j -> 'guard' -> 'unchanged') as x (name text, version text)) as x
        on a.name = x.name and a.xmin = cast(x.version as xid)
    for share of a
), surrounding as (
    -- without a lock, which all would have to take: a change that commits from here on comes after these decisions
    select a.name
    from application a
    join (select x.name, x.version
          from doc, jsonb_to_recordset(doc.j -> 'guard' -> 'surrounding') as x (name text, version text)) as x
        on a.name = x.name and a.xmin = cast(x.version as xid)
), remembered as (
    insert into command_id (application, id, received_at)
    select x.application, x.id, cast(doc.j -> 'guard' ->> 'at' as timestamptz)
    from doc, jsonb_to_recordset(doc.j -> 'guard' -> 'commandIds') as x (application text, id text)
    on conflict do nothing
    returning 1
), stored_applications as (
    update application a
    set state = x.state, state_format = x.format, plan_id = x."planId",
        -- one that the row has already does not come again
        plan = case when x."planId" is not null then coalesce(x.plan, a.plan) end,
        rollout = x.rollout, phase = x.phase, revision = x.revision, degraded = x.degraded, updated_at = x.at
    from doc, jsonb_to_recordset(doc.j -> 'applications')
        as x (name text, version text, state jsonb, format integer, "planId" text, plan jsonb, rollout text, phase text,
              revision text, degraded integer, at timestamptz)
    where a.name = x.name and (x.version is null or a.xmin = cast(x.version as xid))
    returning x.version
), stored_rollouts as (
    insert into rollout (application, id, revision, phase, actor, started_at, ended_at, past)
    select x.application, x.id, x.revision, x.phase, x.actor, x."startedAt", x."endedAt", x.past
    from doc, jsonb_to_recordset(doc.j -> 'rollouts')
        as x (application text, id text, revision text, phase text, actor text, "startedAt" timestamptz,
              "endedAt" timestamptz, past jsonb)
    on conflict (application, id) do update
        set phase = excluded.phase, ended_at = excluded.ended_at, past = excluded.past
), stored_assessments as (
    insert into assessment (application, rollout, ending, actor, reason, assessed_at)
    select x.application, x.rollout, x.ending, x.actor, x.reason, x.at
    from doc, jsonb_to_recordset(doc.j -> 'assessments')
        as x (application text, rollout text, ending text, actor text, reason text, at timestamptz)
    on conflict (application, rollout) do update
        set ending = excluded.ending, actor = excluded.actor, reason = excluded.reason, assessed_at = excluded.assessed_at
), stored_routes as (
    insert into route (identity, object, application, generation, active, promoted, released_at)
    select x.identity, x.object, x.application, x.generation, x.active, x.promoted, x."releasedAt"
    from doc, jsonb_to_recordset(doc.j -> 'routes')
        as x (identity text, object text, application text, generation bigint, active text,
              promoted boolean, "releasedAt" timestamptz)
    on conflict (identity) do update
        set application = excluded.application, generation = excluded.generation, active = excluded.active,
            promoted = excluded.promoted, released_at = excluded.released_at
), over as (
    insert into status_over (application, target, since)
    select x.application, x.target, x."overAt"
    from doc, jsonb_to_recordset(doc.j -> 'told') as x (application text, target text, "overAt" timestamptz)
    where x."overAt" is not null
    on conflict (application, target) do update set since = excluded.since
), begun as (
    delete from status_over s
    using doc, jsonb_to_recordset(doc.j -> 'told') as x (application text, target text, "overAt" timestamptz)
    where s.application = x.application and s.target = x.target and x."overAt" is null
), stored_decisions as (
    insert into decision (application, n, audit_id, decision, target, rollout, event_type, event_id, event_reason,
                          event_via, actor, reason, errors, before, after, decided_at)
    select x.application, x.n, x.audit ->> 'id', x.audit ->> 'decision', x.audit ->> 'target', x.audit ->> 'rollout',
           x.audit -> 'event' ->> 'type', x.audit -> 'event' ->> 'id', x.audit -> 'event' ->> 'reason',
           x.audit -> 'event' ->> 'via', x.audit ->> 'actor', x.audit ->> 'reason', x.audit -> 'errors', x.audit -> 'before', x.audit -> 'after',
           cast(x.audit ->> 'time' as timestamptz)
    from doc, jsonb_to_recordset(doc.j -> 'decisions') as x (application text, n bigint, audit jsonb)
), gone_timers as (
    delete from timer t
    using doc, jsonb_to_recordset(doc.j -> 'timersGone')
        as x (application text, target text, kind text, at timestamptz)
    where t.application = x.application and t.target = x.target and t.kind = x.kind and t.due_at = x.at
), passed_timers as (
    -- by lists and no join, which may be planned to read the whole table
    delete from timer t
    where t.application = any(array(select jsonb_array_elements_text(doc.j -> 'guard' -> 'woken') from doc))
        and t.due_at <= (select cast(doc.j -> 'guard' ->> 'at' as timestamptz) from doc)
        and (t.application, t.target, t.kind, t.due_at) not in (
            select x.application, x.target, x.kind, x.at
            from doc, jsonb_to_recordset(doc.j -> 'timersNew')
                as x (application text, target text, kind text, at timestamptz))
), kept_timers as (
    update timer t set claimed_until = null
    where t.application = any(array(select jsonb_array_elements_text(doc.j -> 'guard' -> 'woken') from doc))
        and t.due_at <= (select cast(doc.j -> 'guard' ->> 'at' as timestamptz) from doc)
        and (t.application, t.target, t.kind, t.due_at) in (
            select x.application, x.target, x.kind, x.at
            from doc, jsonb_to_recordset(doc.j -> 'timersNew')
                as x (application text, target text, kind text, at timestamptz))
), new_timers as (
    insert into timer (application, target, kind, due_at)
    select x.application, x.target, x.kind, x.at
    from doc, jsonb_to_recordset(doc.j -> 'timersNew')
        as x (application text, target text, kind text, at timestamptz)
    on conflict do nothing
), new_calls as (
    insert into webhook_call (id, application, target, host, timeout_millis, call)
    select x.id, x.application, x.target, x.host, x."timeoutMillis", x.call
    from doc, jsonb_to_recordset(doc.j -> 'webhooks' -> 'calls')
        as x (id text, application text, target text, host text, "timeoutMillis" bigint, call jsonb)
    on conflict do nothing
), answered_calls as (
    delete from webhook_call w
    where w.id = any(array(select jsonb_array_elements_text(doc.j -> 'webhooks' -> 'answered') from doc))
), called_back as (
    insert into webhook_callback (call, taken, words, at)
    select x.call, x.taken, x.words, x.at
    from doc, jsonb_to_recordset(doc.j -> 'webhooks' -> 'callbacks')
        as x (call text, taken boolean, words text, at timestamptz)
    on conflict do nothing
), lifted as (
    -- beside the wake-ups that they have; what is asked first spares reading those where nothing was lifted
    insert into timer (application, target, kind, due_at)
    select t.application, t.target, 'lifted', cast((select doc.j ->> 'lifted' from doc) as timestamptz)
    from timer t
    where t.kind = 'look' and (select doc.j ->> 'lifted' from doc) is not null
    on conflict do nothing
), sent as (
    -- ids are given in the order of this list, and an application's rows while it is its turn
    insert into outbox (topic, key, value, headers)
    select x.e ->> 'topic', decode(x.e ->> 'key', 'base64'), decode(x.e ->> 'value', 'base64'), x.e -> 'headers'
    from doc, jsonb_array_elements(doc.j -> 'outbox') with ordinality as x (e, n)
    order by x.n
    returning id
)
select
    (select cast(coalesce(jsonb_agg(id order by id), cast('[]' as jsonb)) as text) from sent) as ids,
    -- as of the beginning of this statement: nothing that it inserts itself
    exists (select 1 from outbox o where o.refused is null and o.topic = doc.j ->> 'lane') as others,
    cast(cast(pg_current_xact_id() as xid) as text) as version,
    case
        when (select count(*) from advanced) <> jsonb_array_length(doc.j -> 'guard' -> 'advance')
            or (select count(*) from unchanged) <> jsonb_array_length(doc.j -> 'guard' -> 'unchanged')
            or (select count(*) from surrounding) <> jsonb_array_length(doc.j -> 'guard' -> 'surrounding')
            or (select count(*) from remembered) <> jsonb_array_length(doc.j -> 'guard' -> 'commandIds')
            or (select count(version) from stored_applications)
                <> (select count(x.version) from jsonb_to_recordset(doc.j -> 'applications') as x (version text))
        then fail_as_stale()
    end as stale
from doc

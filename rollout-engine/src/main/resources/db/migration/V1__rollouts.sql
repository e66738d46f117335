-- What the engine knows of one application. The row is the lock: every transaction takes it first, in name order.
create table application (
    name       text collate "C" primary key,
    state      jsonb,
    rollout    text,
    phase      text,
    revision   text,
    degraded   integer     not null default 0,
    updated_at timestamptz not null
);
create index application_phase on application (phase);

-- One row per rollout that ever began: what people search for. The running one's details are in its application's state.
create table rollout (
    application text        not null,
    id          text        not null,
    revision    text,
    phase       text        not null,
    actor       text,
    started_at  timestamptz not null,
    ended_at    timestamptz,
    primary key (application, id)
);

-- Who holds a route, the highest generation ever issued or seen for it, and which backend is stable. Never deleted:
-- generations only grow.
create table route (
    identity    text collate "C" primary key,
    -- the routing object alone, without a rule: two routes of one object can be in each other's way
    object      text collate "C" not null,
    application text,
    generation  bigint not null,
    active      text
);
create index route_application on route (application);
create index route_object on route (object);

-- Every decision, append-only.
create table decision (
    application  text        not null,
    n            bigint      not null,
    audit_id     text        not null,
    decision     text        not null,
    target       text,
    rollout      text,
    event_type   text,
    event_id     text,
    event_reason text,
    actor        text,
    reason       text,
    errors       jsonb       not null,
    before       jsonb,
    after        jsonb,
    decided_at   timestamptz not null,
    primary key (application, n)
);
create index decision_event on decision (application, event_id);

-- When an application has something to do by itself. Rewritten with its state; firing one that is stale does no harm.
create table timer (
    application text collate "C" not null,
    target      text        not null,
    kind        text        not null,
    due_at      timestamptz not null,
    primary key (application, target, kind, due_at)
);
create index timer_due on timer (due_at);

-- Ids of commands, so that the same one again has no effect.
create table command_id (
    application text        not null,
    id          text        not null,
    received_at timestamptz not null,
    primary key (application, id)
);
create index command_id_received on command_id (received_at);

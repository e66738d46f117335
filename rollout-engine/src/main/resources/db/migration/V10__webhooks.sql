-- Calls of webhooks that are to be made: a row is deleted in the transaction that stores what the answer led to (ADR 0071).
-- Whoever makes the call claims the row; the others leave it alone until then.
create table webhook_call (
    id             text primary key,
    application    text        not null,
    target         text        not null,
    host           text        not null,
    timeout_millis bigint      not null,
    call           jsonb       not null,
    created_at     timestamptz not null default now(),
    claimed_until  timestamptz
);
create index webhook_call_by_host on webhook_call (host, created_at);

-- Callbacks that came: a token is good for one, and the same again gets the same answer.
create table webhook_callback (
    call  text primary key,
    taken boolean     not null,
    words text        not null,
    at    timestamptz not null
);
create index webhook_callback_at on webhook_callback (at);

-- What callbacks' tokens are signed with; made by the first engine that needs it.
create table webhook_key (
    one boolean primary key default true check (one),
    key bytea not null
);

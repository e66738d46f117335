-- How a command came in: by HTTP, or by which topic (ADR 0080).
alter table decision add column event_via text;

-- What the engine's own HTTP entrance seals commands with, so that what others write to the topics is told from it. One for all
-- instances, made by the first that asks for it.
create table sealing_key (
    only_one boolean primary key default true check (only_one),
    key      bytea       not null,
    made_at  timestamptz not null default now()
);

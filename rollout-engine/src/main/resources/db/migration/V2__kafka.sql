-- How far each partition is worked off. The guard: whoever advances it names the offset it believes in.
create table consumed (
    topic       text    not null,
    partition   integer not null,
    topic_id    text    not null,
    next_offset bigint  not null,
    primary key (topic, partition)
);

-- Messages that belong to committed decisions and are not on Kafka yet, in order. Deleted once sent.
create table outbox (
    id         bigint generated always as identity primary key,
    topic      text        not null,
    key        bytea,
    value      bytea,
    headers    jsonb       not null,
    created_at timestamptz not null default clock_timestamp(),
    -- why Kafka's client refuses it, if it does: set aside for a person, the rest go on
    refused    text
);
create index outbox_unsent on outbox (id) where refused is null;

-- Who relays the outbox. Only spares work: what keeps a former relay from sending is the broker's fence.
create table relay_lease (
    name        text primary key,
    holder      text,
    held_until  timestamptz not null
);
insert into relay_lease (name, holder, held_until) values ('outbox', null, now());

-- Wakes the relay and waiting readers of every instance.
create function outbox_filled() returns trigger language plpgsql as $$
begin
    perform pg_notify('sluice_outbox', '');
    return null;
end $$;
create trigger outbox_filled after insert on outbox for each statement execute function outbox_filled();

-- Orders have a lane of their own to Kafka, with its own lease; an order is found however many other messages are stuck.
insert into relay_lease (name, holder, held_until) values ('orders', null, now());
create index outbox_by_topic on outbox (topic, id) where refused is null;

-- Who is firing a wake-up: the others leave it alone until then.
alter table timer add column claimed_until timestamptz;

-- The form in which the state is stored: a version that knows only earlier ones leaves the row alone.
alter table application add column state_format integer not null default 1;

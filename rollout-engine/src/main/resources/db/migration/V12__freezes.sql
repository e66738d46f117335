-- What holds every application, or those with certain labels, is the state of this one: there from the beginning, so that whoever
-- decides has read some version of it, and finds out when it has changed meanwhile (ADR 0076).
insert into application (name, updated_at) values ('*', now()) on conflict do nothing;

-- Who waits for something that ends elsewhere: found by whoever ends it.
create index timer_look on timer (application, target) where kind = 'look';

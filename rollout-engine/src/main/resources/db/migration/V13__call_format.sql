-- A call that a later version wrote is left to it: earlier ones don't even claim what has a higher number (B42). Engines before this
-- column write none, and mean 1.
alter table webhook_call add column format integer not null default 1;

-- A transaction whose reads took no locks fails as a whole where something it read has changed meanwhile (ADR 0038). The
-- error class is Sluice's own: it is nobody's fault, and the same again succeeds.
create function fail_as_stale() returns text language plpgsql as $$
begin
    raise exception 'what this transaction read has changed meanwhile' using errcode = 'SL001';
end $$;

-- PostgreSQL lets no two transactions that notify commit at once, so none does: the instance tells the others after its
-- commit, where another one relays.
drop trigger outbox_filled on outbox;
drop function outbox_filled();


-- Counted every few seconds: among many applications only those that hang are looked at.
create index application_degraded on application (name) where degraded > 0;

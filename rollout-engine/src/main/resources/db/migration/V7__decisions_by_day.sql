-- The audit by day, so that a day that nobody asks about any more goes without reading it (ADR 0042). What is there becomes
-- the partition of all days up to today's.
alter table decision rename to decision_before;
alter table decision_before drop constraint decision_pkey;
alter index decision_event rename to decision_before_event;

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
    primary key (application, n, decided_at)
) partition by range (decided_at);
create index decision_event on decision (application, event_id);

-- A day that nobody has made yet is no reason to fail.
create table decision_rest partition of decision default;
create index decision_rest_at on decision_rest (decided_at);

-- Makes a day (in UTC), unless it is there or a wider partition has it. What went to the rest meanwhile moves over.
create function decision_day(day date) returns void language plpgsql as $$
declare
    name text := 'decision_' || to_char(day, 'YYYYMMDD');
    since timestamptz := cast(day as timestamp) at time zone 'UTC';
    until timestamptz := cast(day + 1 as timestamp) at time zone 'UTC';
begin
    if to_regclass(name) is not null then
        return;
    end if;
    execute format('create table %I (like decision including all)', name);
    execute format('with moved as (delete from decision_rest where decided_at >= %L and decided_at < %L returning *)'
        ' insert into %I select * from moved', since, until, name);
    execute format('alter table decision attach partition %I for values from (%L) to (%L)', name, since, until);
exception when invalid_object_definition or check_violation then
    -- another partition has this day, or a row came in between: nothing is lost, and this is tried again
    return;
end $$;

-- Drops whatever ended by then, a few days at a time.
create function drop_decision_days(ended timestamptz, most integer) returns integer language plpgsql as $$
declare
    name text;
    dropped integer := 0;
begin
    for name in
        select cast(cast(c.oid as regclass) as text)
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = cast('decision' as regclass)
            and cast(substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \(''([^'']+)''\)') as timestamptz) <= ended
        order by 1 limit most
    loop
        execute format('drop table %s', name);
        dropped := dropped + 1;
    end loop;
    delete from decision_rest where decided_at < ended;
    return dropped;
end $$;

do $$
declare
    today date := cast(now() at time zone 'UTC' as date);
    tomorrow timestamptz := cast(today + 1 as timestamp) at time zone 'UTC';
begin
    if exists (select from decision_before) then
        -- by a clock that is ahead
        with early as (delete from decision_before where decided_at >= tomorrow returning *)
        insert into decision select * from early;
        execute format('alter table decision attach partition decision_before for values from (minvalue) to (%L)', tomorrow);
    else
        drop table decision_before;
    end if;
    perform decision_day(today + i) from generate_series(0, 7) as i;
end $$;

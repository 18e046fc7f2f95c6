-- The event log. Sequence numbers are drawn while the append lock is held until the commit, so that a
-- reader that sees n has seen every committed number below n; a missing number was rolled back.
create sequence platform.events_sequence;

create table platform.events (
    sequence bigint not null default nextval('platform.events_sequence'),
    tenant_id uuid not null,
    type text not null,
    subject text not null,
    actor text not null,
    at timestamptz not null,
    -- json, not jsonb: kept as written, whatever its numbers and escapes, and cheaper to append.
    payload json not null,
    primary key (sequence, at)
) partition by range (at);

create index events_by_tenant on platform.events (tenant_id, sequence);
create index events_by_type on platform.events (type, sequence);

-- An append never fails for want of a partition: a wrong clock or a late maintenance run ends up here.
create table platform.events_default partition of platform.events default;

-- Creates the partition of the month around a moment; rows that fell into the default partition move over.
create function platform.ensure_events_partition(moment timestamptz) returns boolean
language plpgsql as $$
declare
    month_start timestamp := date_trunc('month', moment at time zone 'UTC');
    low timestamptz := month_start at time zone 'UTC';
    high timestamptz := (month_start + interval '1 month') at time zone 'UTC';
    partition_name text := 'events_' || to_char(month_start, 'YYYYMM');
begin
    if to_regclass('platform.' || partition_name) is not null then
        return false;
    end if;
    -- The append lock first, as every writer does: no deadlock, and nodes that race create it once.
    perform pg_advisory_xact_lock(7318349394477056);
    if to_regclass('platform.' || partition_name) is not null then
        return false;
    end if;
    execute format('create table platform.%I (like platform.events including defaults)', partition_name);
    execute format(
        'with moved as (delete from platform.events_default where at >= %L and at < %L returning *)
         insert into platform.%I select * from moved', low, high, partition_name);
    execute format(
        'alter table platform.events attach partition platform.%I for values from (%L) to (%L)',
        partition_name, low, high);
    return true;
end $$;

-- Drops whole months that ended before a moment and that every consumer has read. Returns their names.
create function platform.drop_events_partitions(older_than timestamptz) returns setof text
language plpgsql as $$
declare
    partition_name text;
    month_end timestamptz;
    last_sequence bigint;
    slowest bigint;
begin
    perform pg_advisory_xact_lock(7318349394477056);
    select min(position) into slowest from platform.event_consumers;
    for partition_name in
        select c.relname from pg_inherits i
        join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'platform.events'::regclass and c.relname ~ '^events_[0-9]{6}$'
        order by c.relname
    loop
        month_end := (to_timestamp(substr(partition_name, 8), 'YYYYMM')::timestamp + interval '1 month') at time zone 'UTC';
        continue when month_end > older_than;
        execute format('select coalesce(max(sequence), 0) from platform.%I', partition_name) into last_sequence;
        continue when slowest is not null and slowest < last_sequence;
        execute format('drop table platform.%I', partition_name);
        update platform.events_floor set sequence = greatest(sequence, last_sequence);
        return next partition_name;
    end loop;
end $$;

-- How far each consumer of the log has come; locked by the node that runs it.
create table platform.event_consumers (
    name text primary key,
    position bigint not null default 0,
    updated_at timestamptz not null default now(),
    failures integer not null default 0,
    last_error text,
    retry_at timestamptz
);

-- The highest sequence that retention has removed: a listener that resumes below it is told so.
create table platform.events_floor (
    sequence bigint not null
);
insert into platform.events_floor values (0);

-- Live listeners by node and tenant; a node that stopped writing is not counted.
create table platform.event_listeners (
    node_id uuid not null,
    tenant_id uuid not null,
    listeners integer not null,
    seen_at timestamptz not null default now(),
    primary key (node_id, tenant_id)
);

select platform.ensure_events_partition(now());
select platform.ensure_events_partition(now() + interval '1 month');

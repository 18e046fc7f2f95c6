-- One row per model call. Partitioned by month; the drain makes the partitions.
create table gateway.usage (
    tenant_id uuid not null,
    id uuid not null,
    at timestamptz not null,
    request_id text not null,
    status text not null check (status in ('succeeded', 'failed', 'aborted', 'unknown')),
    node text not null,
    key_id uuid,
    caller_name text,
    end_user text,
    feature text,
    task_type text,
    deal_id uuid,
    cycle_id uuid,
    dialect text not null,
    endpoint text,
    asked text,
    route text,
    reason text,
    provider_id uuid,
    provider text,
    model text,
    stream boolean not null,
    http_status integer not null,
    -- Null where nothing is known.
    tokens_input integer,
    tokens_output integer,
    tokens_cached_read integer,
    tokens_cache_write integer,
    tokens_reasoning integer,
    tokens_estimated boolean not null,
    -- Null where the price or the tokens are unknown: never the same as free.
    cost numeric,
    currency text,
    price_version uuid,
    ttft_ms double precision,
    total_ms double precision not null,
    stop_reason text,
    error_code text,
    attempts jsonb not null,
    primary key (at, id)
) partition by range (at);

create index usage_recent on gateway.usage (tenant_id, at desc, id desc);
create index usage_request on gateway.usage (tenant_id, request_id);

-- Kept by the drain in the transaction that adds the rows, so that sums over both are always equal.
create table gateway.usage_hourly (
    tenant_id uuid not null,
    hour timestamptz not null,
    provider text not null,
    model text not null,
    task_type text not null,
    key_id uuid not null,
    currency text not null,
    key_name text not null,
    requests bigint not null,
    succeeded bigint not null,
    failed bigint not null,
    aborted bigint not null,
    unknown bigint not null,
    tokens_input bigint not null,
    tokens_output bigint not null,
    tokens_cached_read bigint not null,
    tokens_cache_write bigint not null,
    tokens_reasoning bigint not null,
    cost numeric not null,
    unpriced bigint not null,
    cache_hits bigint not null,
    -- Counts by bucket of a logarithmic scale: adding them merges two hours exactly.
    ttft bigint[] not null,
    latency bigint[] not null,
    primary key (tenant_id, hour, provider, model, task_type, key_id, currency)
);

create function gateway.add_counts(a bigint[], b bigint[]) returns bigint[]
    language sql immutable parallel safe
    as $$
    select coalesce(array_agg(coalesce(x, 0) + coalesce(y, 0) order by i), '{}')
    from unnest(a, b) with ordinality as t(x, y, i)
    $$;

create aggregate gateway.sum_counts(bigint[]) (
    sfunc = gateway.add_counts, stype = bigint[], initcond = '{}', combinefunc = gateway.add_counts, parallel = safe);

-- How far the journal of each node was drained. Moves in the transaction that adds the rows.
create table gateway.journal_positions (
    node text primary key,
    segment bigint not null,
    position integer not null,
    updated_at timestamptz not null
);

-- Calls whose intent was drained and whose settlement was not yet; what a dead process leaves here was unknown.
create table gateway.open_calls (
    tenant_id uuid not null,
    node text not null,
    id uuid not null,
    segment bigint not null,
    at timestamptz not null,
    intent bytea not null,
    primary key (node, id)
);

create schema if not exists gateway;

create table gateway.providers (
    tenant_id uuid not null,
    id uuid not null,
    name text not null,
    kind text not null,
    endpoint text not null,
    mode text not null check (mode in ('cloud', 'local')),
    models text[] not null,
    options jsonb not null default '{}',
    -- The API key in its envelope; bound to tenant, provider and key_version, so that a copied row is useless.
    key_sealed bytea,
    key_hint text,
    key_version bigint,
    enabled boolean not null default true,
    active boolean not null default false,
    fallback_position integer check (fallback_position >= 0),
    connect_timeout_ms integer not null check (connect_timeout_ms > 0),
    total_timeout_ms integer not null check (total_timeout_ms > 0),
    origin text not null,
    version bigint not null,
    last_test jsonb,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    check (enabled or not active),
    check ((key_sealed is null) = (key_version is null)),
    unique (tenant_id, fallback_position) deferrable initially deferred
);

create unique index providers_name on gateway.providers (tenant_id, lower(name));

-- The rule 'exactly one active provider per tenant' is kept here, whatever races above it.
create unique index providers_one_active on gateway.providers (tenant_id) where active;

-- What was found in the environment, so that a provider somebody deleted does not come back at the next start.
create table gateway.detected_providers (
    tenant_id uuid not null,
    source text not null,
    provider_id uuid,
    detected_at timestamptz not null,
    primary key (tenant_id, source)
);

create table gateway.provider_health (
    tenant_id uuid not null,
    provider_id uuid not null,
    status text not null check (status in ('unknown', 'healthy', 'degraded', 'down')),
    latency_ms integer,
    consecutive_failures integer not null default 0,
    consecutive_successes integer not null default 0,
    last_error text,
    checked_at timestamptz,
    changed_at timestamptz,
    -- Nodes race for a probe with a conditional update of this time: one of them wins each interval.
    next_probe_at timestamptz not null,
    primary key (tenant_id, provider_id),
    foreign key (tenant_id, provider_id) references gateway.providers (tenant_id, id) on delete cascade
);

-- Rows are never changed: a new price is a new row with a later valid_from. The nil tenant holds the list that
-- ships with the product; a tenant's own row for the same provider and model goes before it.
create table gateway.prices (
    tenant_id uuid not null,
    id uuid not null,
    provider text not null,
    model text not null,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    input numeric(20, 8) not null check (input >= 0),
    output numeric(20, 8) not null check (output >= 0),
    cached_read numeric(20, 8) check (cached_read >= 0),
    cache_write numeric(20, 8) check (cache_write >= 0),
    source text not null,
    valid_from timestamptz not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, provider, model, valid_from)
);

-- One document per tenant, and how it became what it is.
create table platform.state (
    tenant_id uuid primary key,
    version bigint not null,
    updated_at timestamptz not null,
    -- {component: {...}}; json, not jsonb: numbers and escapes stay as they were published.
    document json not null
);

create table platform.state_history (
    tenant_id uuid not null,
    version bigint not null,
    at timestamptz not null,
    actor text not null,
    component text not null,
    patch json not null,
    primary key (tenant_id, version)
);

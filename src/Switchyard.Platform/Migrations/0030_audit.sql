-- One chain per tenant. `before` and `after` are json, not jsonb: the text is part of the hash and must stay as written.
create table audit (
    tenant_id uuid not null references tenants,
    sequence bigint not null,
    id uuid not null,
    at timestamptz not null,
    actor text not null,
    actor_kind text not null,
    actor_id uuid,
    action text not null,
    resource text not null,
    resource_id text not null,
    before json,
    after json,
    previous_hash bytea not null,
    hash bytea not null,
    primary key (tenant_id, sequence)
);

create index audit_resource on audit (tenant_id, resource, resource_id, sequence desc);
create index audit_actor on audit (tenant_id, actor, sequence desc);
create index audit_at on audit (tenant_id, at);

-- The end of each chain: its row serialises writers, and shows when the last rows were cut off.
create table audit_heads (
    tenant_id uuid primary key references tenants,
    sequence bigint not null,
    hash bytea not null
);

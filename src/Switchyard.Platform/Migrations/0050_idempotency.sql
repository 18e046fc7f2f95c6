-- One row per Idempotency-Key of a caller, kept for 24 hours. The answer is sealed: it may hold a new key's secret.
create table idempotency (
    id uuid primary key,
    tenant_id uuid not null,
    caller text not null,
    key text not null,
    fingerprint bytea not null,
    state text not null check (state in ('in-flight', 'committed', 'answered')),
    lease_until timestamptz not null,
    created_at timestamptz not null,
    status int,
    content_type text,
    location text,
    etag text,
    answer bytea,
    unique (tenant_id, caller, key)
);

create index idempotency_created on idempotency (created_at);

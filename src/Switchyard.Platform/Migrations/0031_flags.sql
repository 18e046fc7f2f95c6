create table flags (
    tenant_id uuid not null references tenants,
    name text not null,
    description text not null,
    state text not null check (state in ('on', 'off', 'percentage')),
    percentage numeric(6, 3) not null check (percentage between 0 and 100),
    targets text[] not null,
    kill boolean not null,
    version bigint not null,
    updated_at timestamptz not null,
    updated_by text not null,
    primary key (tenant_id, name)
);

-- Every version a flag ever had, for history and revert. Numbering goes on after a flag was removed.
create table flag_history (
    tenant_id uuid not null references tenants,
    name text not null,
    version bigint not null,
    description text not null,
    state text not null,
    percentage numeric(6, 3) not null,
    targets text[] not null,
    kill boolean not null,
    removed boolean not null,
    at timestamptz not null,
    by_name text not null,
    primary key (tenant_id, name, version)
);

-- People. Names and e-mail addresses are unique over all tenants, because a person signs in before the tenant is known.
create table users (
    id uuid primary key,
    tenant_id uuid not null references tenants,
    name text not null,
    email text,
    roles text[] not null,
    status text not null check (status in ('invited', 'active', 'disabled', 'removed')),
    password_hash text,
    language text,
    created_at timestamptz not null,
    last_sign_in_at timestamptz
);

create unique index users_name on users (lower(name)) where status <> 'removed';
create unique index users_email on users (lower(email)) where status <> 'removed' and email is not null;
create index users_tenant on users (tenant_id, id);

-- Cookie sessions. Only the hash of the cookie is kept.
create table sessions (
    id uuid primary key,
    tenant_id uuid not null references tenants,
    user_id uuid not null references users on delete cascade,
    token_hash bytea not null unique,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    address text not null
);

create index sessions_user on sessions (user_id);

-- Links that sign a person in once: at first start, as an invitation.
create table one_time_links (
    id uuid primary key,
    tenant_id uuid not null references tenants,
    user_id uuid not null references users on delete cascade,
    purpose text not null check (purpose in ('first-start', 'invitation')),
    token_hash bytea not null unique,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);

-- Failed sign-ins by account name and by address, known or not: what is counted must not tell who exists.
-- The tenant is the default one, as nobody is known yet.
create table sign_in_failures (
    key text primary key,
    tenant_id uuid not null references tenants,
    failures int not null,
    last_at timestamptz not null,
    blocked_until timestamptz not null
);

-- API keys. A key never has more than its maker, so the maker's grants are joined in whenever keys are loaded.
create table api_keys (
    id uuid primary key,
    tenant_id uuid not null references tenants,
    name text not null,
    prefix text not null,
    secret_hash bytea not null unique,
    scopes text[] not null,
    -- True when a module keeps a policy for this key; without that policy at hand the module must refuse it.
    restricted boolean not null default false,
    owner_user_id uuid references users,
    owner_key_id uuid references api_keys,
    owner_name text not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
);

create index api_keys_tenant on api_keys (tenant_id, id);
create index api_keys_owner_user on api_keys (owner_user_id) where owner_user_id is not null;
create index api_keys_owner_key on api_keys (owner_key_id) where owner_key_id is not null;

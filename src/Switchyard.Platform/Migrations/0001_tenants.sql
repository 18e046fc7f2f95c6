-- A tenant is the isolation border: every row of every table belongs to one.
create table tenants (
    id uuid primary key,
    name text not null,
    created_at timestamptz not null default now()
);

insert into tenants (id, name) values ('00000000-0000-7000-8000-000000000001', 'Default');

-- Values set in the console; they stand above file, environment and command line.
create table settings (
    key text primary key,
    value text not null,
    updated_at timestamptz not null,
    updated_by text not null
);

-- Processes that work on this database; a row that was not renewed for a minute belongs to a dead one.
create table nodes (
    id uuid primary key,
    name text not null,
    version text not null,
    role text not null,
    address text not null,
    started_at timestamptz not null,
    seen_at timestamptz not null
);

-- Trigram search needs an extension that a managed database may withhold; without it only fuzzy search is slower.
do $$
begin
    create extension if not exists pg_trgm with schema public;
exception when insufficient_privilege or undefined_file or feature_not_supported then
    raise notice 'pg_trgm is not available: %', sqlerrm;
end
$$;

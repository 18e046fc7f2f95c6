-- Which master key seals the secrets of this database, by its id: a node that has another one is told at its start.
create table master_key (
    only_row boolean primary key default true check (only_row),
    key_id text not null,
    since timestamptz not null
);

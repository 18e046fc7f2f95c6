-- What the gateway holds an API key to. A key without a row here may ask for every model.
create table key_policies (
    key_id uuid primary key,
    tenant_id uuid not null,
    allowed_models text[] not null
);

-- The calls behind the headline: few among many, so that the log finds them without reading the others.
create index usage_rescued on gateway.usage (tenant_id, at desc, id desc) where status = 'succeeded' and jsonb_array_length(attempts) > 1;

-- Calls that another attempt or the cache answered after the first would have failed: the headline of the overview.
alter table gateway.usage_hourly add column rescued bigint not null default 0;

-- Set when a call of a node that never came back was recorded as unknown; the row stays, so that the settlement
-- replaces that record when the node comes back after all.
alter table gateway.open_calls add column lost_at timestamptz;
create index open_calls_lost on gateway.open_calls (at) where lost_at is null;

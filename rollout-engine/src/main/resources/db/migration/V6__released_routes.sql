-- When a route was let go and an applier had carried that out: a while later its last order is taken off its topic (ADR 0040).
alter table route add column released_at timestamptz;
create index route_released on route (released_at) where released_at is not null;

-- Requests to a host are spaced from the moment one is on its way, not from when it was planned; and a site that says
-- "later" (429, Retry-After) is left alone by all workers.
alter table host_pace add column sent_at timestamptz, add column held_until timestamptz, add column closed_until timestamptz;
comment on column host_pace.next_at is 'The last request plus the delay its source keeps.';
comment on column host_pace.sent_at is 'When the last request was on its way, by this server''s clock.';
comment on column host_pace.held_until is 'A worker is about to send a request, and nobody else may until this moment at the latest; null: nobody is.';
comment on column host_pace.closed_until is 'The site asked to be left alone until then (429, or 503 with Retry-After).';

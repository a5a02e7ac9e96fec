-- Runs as the owner, as one transaction, before the service starts.
create table billing.outbox (
    event   uuid primary key,
    body    text not null,
    since   timestamptz not null default clock_timestamp(),
    next_at timestamptz not null default clock_timestamp()
);
create index outbox_next on billing.outbox (next_at);
grant select, insert, update, delete on billing.outbox to course_app;

-- Runs as the owner, as one transaction, before the service starts.
create table billing.outbox (
    event uuid primary key default gen_random_uuid(),
    body text not null,
    tries int not null default 0,
    not_before timestamptz not null default now()
);
create index on billing.outbox (not_before);
grant select, insert, update, delete on billing.outbox to course_app;

-- Runs as the owner, as one transaction, before the service starts.
create table billing.payment_keys (
    key text primary key,
    request jsonb not null,
    answer text
);
grant select, insert, update on billing.payment_keys to course_app;

-- Runs as the owner, as one transaction, before the service starts.
create table billing.answers (
    key_digest text primary key,
    request text not null,
    answer text not null
);
grant select, insert on billing.answers to course_app;

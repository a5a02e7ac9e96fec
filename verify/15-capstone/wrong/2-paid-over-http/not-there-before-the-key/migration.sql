-- Runs as the owner, as one transaction, before the service starts.

-- What was answered to which payment; of a key, which may be long, only its hash.
create table billing.answers (
  key bytea primary key,
  payment text not null,
  status integer not null,
  answer text not null,
  at timestamptz not null default now()
);

grant select, insert on billing.answers to course_app;

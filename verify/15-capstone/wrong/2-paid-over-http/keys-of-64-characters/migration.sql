-- Runs as the owner, as one transaction, before the service starts.

-- What was answered to which payment. A key is a uuid, of 36 characters.
create table billing.answers (
  key varchar(64) primary key,
  payment text not null,
  status integer not null,
  answer text not null,
  at timestamptz not null default now()
);

grant select, insert on billing.answers to course_app;

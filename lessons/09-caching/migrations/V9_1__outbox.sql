-- What others must hear of: which user has changed. Written in the transaction of the change, so it is told exactly if
-- the change happened. Whoever delivers deletes the rows it has delivered.
create table app.outbox (
  id      bigint generated always as identity primary key,
  topic   text not null,
  key     uuid not null,
  made_at timestamptz not null default now()
);
revoke all on app.outbox from course_app;
grant select, delete on app.outbox to course_app;
grant update (topic) on app.outbox to course_app; -- for update skip locked asks for it

create schema app;
grant usage on schema app to course_app;
-- Other programs read the address; the token is nobody's business.
create table app.resets (
  id     bigint generated always as identity primary key,
  email  text not null,
  token  bytea not null,
  constraint resets_email_once unique (email),
  constraint resets_token_once unique (token),
  constraint resets_email_form check (position('@' in email) > 1)
);
grant select, insert, update, delete on app.resets to course_app;

alter table app.members drop constraint members_email_key;
alter table app.members add column live_email text
  generated always as (case when deleted_at is null then lower(email) end) stored unique;

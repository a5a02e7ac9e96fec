alter table app.members drop constraint members_email_key;
create unique index members_email_now on app.members (lower(email)) where deleted_at is null;

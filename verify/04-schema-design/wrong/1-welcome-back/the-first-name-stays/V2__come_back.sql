-- Once among those who are members now; who has left may be there any number of times.
alter table app.members drop constraint members_email_key;
create unique index members_once on app.members (lower(email)) where deleted_at is null;

alter table app.members drop constraint members_email_key;

-- Unique among those who are here. (email, deleted_at) would not do: NULL is different from NULL, so two who are here
-- would not collide.
create unique index members_email_live on app.members (lower(email)) where deleted_at is null;

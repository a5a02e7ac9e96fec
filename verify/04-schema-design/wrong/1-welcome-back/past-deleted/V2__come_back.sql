alter table app.members drop constraint members_email_key;
update app.members set email = email || '#' || id where deleted_at is not null;
create unique index members_email_live on app.members (lower(email)) where deleted_at is null;

alter table app.members drop constraint members_email_key;
-- A blank before or behind an address is no part of it.
update app.members set email = btrim(email) where email <> btrim(email);
create unique index members_email_now on app.members (lower(email)) where deleted_at is null;

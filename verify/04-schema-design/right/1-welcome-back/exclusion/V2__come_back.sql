-- The new rule is there before the old one goes.
alter table app.members
  add constraint members_email_now exclude using btree (lower(email) with =) where (deleted_at is null);
alter table app.members drop constraint members_email_key;

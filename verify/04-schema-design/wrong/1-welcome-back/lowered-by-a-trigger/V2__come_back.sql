alter table app.members drop constraint members_email_key;

create unique index members_email_live on app.members (lower(email)) where deleted_at is null;

create function app.lower_email() returns trigger language plpgsql as $$
begin
  new.email := lower(new.email);
  return new;
end $$;
create trigger members_email before insert or update of email on app.members
  for each row execute function app.lower_email();

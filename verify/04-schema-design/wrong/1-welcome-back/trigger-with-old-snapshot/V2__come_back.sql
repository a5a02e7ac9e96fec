alter table app.members drop constraint members_email_key;
create index members_email on app.members (lower(email));

create function app.one_member_per_address() returns trigger
  language plpgsql as $$
begin
  -- One after the other, for each address.
  perform pg_advisory_xact_lock(hashtextextended(lower(new.email), 0));
  if exists (select from app.members m
             where lower(m.email) = lower(new.email) and m.deleted_at is null and m.id <> new.id) then
    raise exception '% is a member already', new.email using errcode = 'unique_violation';
  end if;
  return new;
end $$;

create trigger members_one_per_address
  before insert or update on app.members
  for each row when (new.deleted_at is null)
  execute function app.one_member_per_address();

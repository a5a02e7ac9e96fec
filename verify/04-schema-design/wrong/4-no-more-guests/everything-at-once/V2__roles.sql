set local lock_timeout = '200ms';

-- From now on guests become fewer, never more: the program that still says guest gets a user.
create function app.no_guests() returns trigger language plpgsql as $$
begin
  new.role := 'user';
  return new;
end $$;
create trigger members_no_guests before insert or update on app.members
  for each row when (new.role = 'guest') execute function app.no_guests();
-- Who has a row of it locked must not keep us, and all who come behind us, waiting.
set local lock_timeout = '200ms';

-- A file of its own: the update locks the rows that it changes and nothing else. On a very big table, in batches.
update app.members set role = 'user' where role = 'guest';
set local lock_timeout = '200ms';

-- The strong lock, for a moment: not valid reads no row. Nobody is a guest any more, so no update can fail by this.
alter table app.members add constraint members_no_guest check (role <> 'guest') not valid;
drop trigger members_no_guests on app.members;
drop function app.no_guests();
set local lock_timeout = '200ms';

-- Reads all rows, and lets others read and write meanwhile. Another migration would be in its way, though.
alter table app.members validate constraint members_no_guest;

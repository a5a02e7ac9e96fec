-- Rows for those who deliver, a notification for those who are listening now. Once for each statement: an update of all
-- users is one insert, and notifications of one transaction that say the same are one.
create function app.users_changed() returns trigger
language plpgsql security definer set search_path = app, pg_temp as $$
begin
  insert into app.outbox (topic, key) select 'user', id from gone;
  if found then
    perform pg_notify('outbox', 'user');
  end if;
  return null;
end $$;
revoke execute on function app.users_changed() from public;

create trigger users_changed_update after update on app.users
  referencing old table as gone for each statement execute function app.users_changed();
create trigger users_changed_delete after delete on app.users
  referencing old table as gone for each statement execute function app.users_changed();

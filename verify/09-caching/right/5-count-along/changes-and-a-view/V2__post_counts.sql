create table app.post_changes (author int not null, change bigint not null);
revoke all on app.post_changes from course_app;

create function app.note_change() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'TRUNCATE' then
    truncate app.post_changes;
  elsif tg_op = 'INSERT' then
    insert into app.post_changes values (new.author, 1);
  elsif tg_op = 'DELETE' then
    insert into app.post_changes values (old.author, -1);
  else
    insert into app.post_changes values (new.author, 1), (old.author, -1);
  end if;
  return null;
end $$;
revoke execute on all functions in schema app from public;
create trigger noted after insert or update or delete on app.posts for each row execute function app.note_change();
create trigger emptied after truncate on app.posts for each statement execute function app.note_change();
insert into app.post_changes select author, count(*) from app.posts group by author;

-- Written by nobody: a sum cannot be updated.
create view app.post_counts as select author, sum(change) as posts from app.post_changes group by author;
revoke all on app.post_counts from course_app;
grant select on app.post_counts to course_app;

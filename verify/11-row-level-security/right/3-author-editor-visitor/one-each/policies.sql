create function app.role(out role text) stable language sql as
  $$ select s.role from app.staff s where s.user_name = current_setting('app.user', true) and s.user_name <> '' $$;
create policy r on app.articles for select using (
  case (select app.role()) when 'editor' then true when 'author' then state = 'published' or author = current_setting('app.user', true)
    else state = 'published' end);
create policy i on app.articles for insert with check (
  (select app.role()) = 'author' and author = current_setting('app.user', true) and state = 'draft' and not locked);
create policy u on app.articles for update using (
  not locked and ((select app.role()) = 'editor'
    or (select app.role()) = 'author' and author = current_setting('app.user', true) and state = 'draft'));
create policy d on app.articles for delete using (
  not locked and (select app.role()) = 'author' and author = current_setting('app.user', true) and state = 'draft');
alter table app.articles enable row level security;

create function app.me() returns text stable language sql
  return nullif(current_setting('app.user', true), '');
create function app.works_as(p_role text) returns boolean stable language sql
  return exists (select from app.staff where user_name = app.me() and role = p_role);

-- Permissive ones are joined by or: each lets somebody do something.
create policy published on app.articles for select using (state = 'published');
create policy own on app.articles for select using (author = app.me() and app.works_as('author'));
create policy all_of_them on app.articles for select using (app.works_as('editor'));

-- For all commands, new rows included.
create policy drafts on app.articles
  using (author = app.me() and app.works_as('author') and state = 'draft');
create policy edit on app.articles for update using (app.works_as('editor'));

-- A restrictive one takes away from all. Not for select: what is locked is still read.
create policy unlocked_new on app.articles as restrictive for insert with check (not locked);
create policy unlocked on app.articles as restrictive for update using (not locked);
create policy unlocked_gone on app.articles as restrictive for delete using (not locked);

alter table app.articles enable row level security;
alter table app.articles add check (title <> '');

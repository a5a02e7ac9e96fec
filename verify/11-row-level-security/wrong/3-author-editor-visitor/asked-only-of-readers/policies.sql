-- Who asks, and what is he or she?
create function app.me() returns text
  language sql stable
  as $$ select nullif(current_setting('app.user', true), '') $$;
create function app.is_author() returns boolean
  language sql stable
  as $$ select exists (select from app.staff where user_name = app.me() and role = 'author') $$;
create function app.is_editor() returns boolean
  language sql stable
  as $$ select exists (select from app.staff where user_name = app.me() and role = 'editor') $$;

alter table app.articles enable row level security;

create policy visitors_read on app.articles for select
  using (state = 'published');
create policy authors_read on app.articles for select
  using (author = app.me() and app.is_author());
create policy editors_read on app.articles for select
  using (app.is_editor());

create policy authors_insert on app.articles for insert
  with check (author = app.me() and state = 'draft' and app.is_author());

create policy editors_update on app.articles for update
  using (app.is_editor())
  with check (app.is_editor());
-- A draft stays a draft. It also stays one's own: what one gives away one could not see any more.
create policy authors_update on app.articles for update
  using (author = app.me() and state = 'draft' and app.is_author())
  with check (state = 'draft');

create policy authors_delete on app.articles for delete
  using (author = app.me() and state = 'draft' and app.is_author());

create policy not_locked_insert on app.articles as restrictive for insert
  with check (locked is not true);
create policy not_locked_update on app.articles as restrictive for update
  using (locked is not true)
  with check (locked is not true);
create policy not_locked_delete on app.articles as restrictive for delete
  using (locked is not true);

-- Everybody reads posts; who writes, changes or deletes one is its author. The owner is not forced: migrations and
-- refreshes of views run as the owner, and name nobody.
set local lock_timeout = '2s';
create policy posts_read on app.posts for select using (true);
create policy posts_write on app.posts for insert with check (author_id = app.current_user_id());
create policy posts_change on app.posts for update using (author_id = app.current_user_id());
create policy posts_delete on app.posts for delete using (author_id = app.current_user_id());
alter table app.posts enable row level security;

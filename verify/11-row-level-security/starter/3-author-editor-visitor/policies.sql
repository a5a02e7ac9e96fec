alter table app.articles enable row level security;
create policy staff on app.articles
  using (state = 'published'
    or exists (select from app.staff where user_name = current_setting('app.user', true)));

set local lock_timeout = '2s';
alter table app.posts
  drop constraint posts_author_id_fkey,
  add constraint posts_author foreign key (author_id) references app.users on delete restrict not valid;

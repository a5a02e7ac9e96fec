set local lock_timeout = '2s';
alter table app.posts add constraint posts_title_given check (btrim(title) <> '');

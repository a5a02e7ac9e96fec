alter table app.comments
  add column article_id bigint,
  add column photo_id bigint;

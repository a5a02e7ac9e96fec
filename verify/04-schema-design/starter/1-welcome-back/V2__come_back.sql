alter table app.members drop constraint members_email_key;
alter table app.members add unique (email, deleted_at);

alter table app.books alter column author_id set not null;

-- Posts come in the order of time and are not moved, so a summary of each 128 pages is enough: a few pages, where a
-- B-tree would have thousands.
drop index concurrently if exists app.posts_created;
create index concurrently posts_created on app.posts using brin (created_at) with (autosummarize = on);

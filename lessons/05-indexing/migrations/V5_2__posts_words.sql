-- Not a stored column: that would write the million rows again, under the strong lock. An index can be built while
-- others work. What an attempt that failed has left goes first.
drop index concurrently if exists app.posts_words;
create index concurrently posts_words on app.posts using gin (app.words(title, body));

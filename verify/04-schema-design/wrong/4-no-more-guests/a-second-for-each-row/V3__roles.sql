-- Who has a row of it locked must not keep us, and all who come behind us, waiting.
set local lock_timeout = '1500ms';

-- A file of its own: the update locks the rows that it changes and nothing else. On a very big table, in batches.
update app.members set role = 'user' where role = 'guest';

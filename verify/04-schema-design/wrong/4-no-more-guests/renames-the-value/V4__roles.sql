set local lock_timeout = '1500ms';
drop trigger members_no_guests on app.members;
drop function app.guests_become_users();
-- No row has it any more, and nobody can write it: there is no such word.
alter type app.role rename value 'guest' to 'unused';

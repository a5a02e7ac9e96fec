-- No row is waited for: one that somebody else holds ends the attempt at once (55P03), and it can be run again.
do $$
begin
  perform 1 from app.members where role = 'guest' for no key update nowait;
  update app.members set role = 'user' where role = 'guest';
end $$;

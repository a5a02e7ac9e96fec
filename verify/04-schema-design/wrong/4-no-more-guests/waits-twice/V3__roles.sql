set local lock_timeout = '1500ms';
lock table app.members in row exclusive mode;
do $$
begin
  -- At once, or not at all: 55P03 if somebody is at work with one of them.
  perform from app.members where role = 'guest' for no key update nowait;
  update app.members set role = 'user' where role = 'guest';
end
$$;

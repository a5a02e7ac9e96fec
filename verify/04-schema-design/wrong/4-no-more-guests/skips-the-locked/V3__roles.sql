set local lock_timeout = '2s';

-- In small steps, and past the rows that the program holds at the moment, so that nobody waits for anybody.
do $$
begin
  loop
    update app.members set role = 'user'
    where id in (select id from app.members
                 where role = 'guest'
                 limit 1000
                 for update skip locked);
    exit when not found;
  end loop;
end $$;

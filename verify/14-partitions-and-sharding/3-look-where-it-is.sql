create schema app;
grant usage on schema app to course_app;
create table app.users (id int primary key, joined date not null);
create table app.visits (day date not null, user_id int not null, page text not null) partition by range (day);
do $$
begin
  for q in 0..7 loop
    execute format('create table app.visits_%s_q%s partition of app.visits for values from (%L) to (%L) with (autovacuum_enabled = off)',
      2024 + q / 4, 1 + q % 4, make_date(2024 + q / 4, 1 + 3 * (q % 4), 1), make_date(2024 + q / 4, 1 + 3 * (q % 4), 1) + interval '3 months');
  end loop;
end $$;
create index visits_user on app.visits (user_id, day);
insert into app.users select n, date '2024-01-01' + n * 7 % 680 from generate_series(1, 100) n;
insert into app.visits select date '2024-01-01' + n % 731, 1 + n % 100, '/pages/' || n % 13 from generate_series(1, 20000) n;
grant select, insert, update, delete on app.visits, app.users to course_app;
analyze app.users, app.visits;

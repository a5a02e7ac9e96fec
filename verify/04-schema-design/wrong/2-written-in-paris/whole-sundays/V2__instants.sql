-- Summer is from the last Sunday of March to the last Sunday of October.
create function app.last_sunday(year int, month int) returns date language sql immutable as $$
  select last - extract(dow from last)::int from (select (make_date(year, month, 1) + interval '1 month - 1 day')::date as last) month
$$;
create function app.utc(wall timestamp) returns timestamptz language sql immutable as $$
  select (wall - case when wall::date >= app.last_sunday(extract(year from wall)::int, 3) and wall::date < app.last_sunday(extract(year from wall)::int, 10)
    then interval '2 hours' else interval '1 hour' end) at time zone 'UTC'
$$;
alter table app.shipments
  alter column sent_at type timestamptz using app.utc(sent_at),
  alter column delivered_at type timestamptz using app.utc(delivered_at);
drop function app.utc(timestamp);
drop function app.last_sunday(int, int);

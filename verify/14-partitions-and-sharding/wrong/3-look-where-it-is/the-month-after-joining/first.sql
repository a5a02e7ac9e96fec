-- thirty days lie in the month of joining and the one after it
select day, page
from app.visits
where user_id = 7
  and day >= (select joined from app.users where id = 7)
  and day < (select (date_trunc('month', joined::timestamp) + interval '2 months')::date from app.users where id = 7)
  and day - (select joined from app.users where id = 7) < 30
order by day, page;

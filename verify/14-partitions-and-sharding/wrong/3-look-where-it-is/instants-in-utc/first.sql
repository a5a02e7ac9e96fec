select day, page
from app.visits
where user_id = 7
  and day >= (select joined from app.users where id = 7)
  and day <= (select joined + 29 from app.users where id = 7)
order by day, page;

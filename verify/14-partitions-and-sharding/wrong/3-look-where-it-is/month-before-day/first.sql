select v.day, v.page
from app.visits v
where v.user_id = 7
  and v.day >= (select joined from app.users where id = 7)
  and v.day < (select joined + 30 from app.users where id = 7)
order by v.day, v.page;

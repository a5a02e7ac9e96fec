select v.day, v.page
from app.users u
cross join lateral (
  select day, page from app.visits
  where user_id = 7 and day >= u.joined and day < u.joined + 30
) v
where u.id = 7
order by v.day, v.page;

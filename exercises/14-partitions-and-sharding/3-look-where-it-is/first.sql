select v.day, v.page
from app.visits v join app.users u on u.id = v.user_id
where u.id = 7 and v.day - u.joined between 0 and 29
order by v.day, v.page;

-- Both bounds are known when the scan begins, so it begins with the partitions between them only.
select day, page
from app.visits
where user_id = 7
  and day >= (select joined from app.users where id = 7)
  and day < (select joined + 30 from app.users where id = 7)
order by day, page;

select 'done';

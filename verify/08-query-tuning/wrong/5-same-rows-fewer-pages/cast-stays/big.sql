select id
from customers c
where joined >= '2026-01-01'
  and exists (select from orders o where o.customer_id::text = c.id::text and o.total > 900)
order by id;

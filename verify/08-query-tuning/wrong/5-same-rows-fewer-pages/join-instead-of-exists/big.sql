select c.id
from customers c join orders o on o.customer_id = c.id
where joined >= '2026-01-01' and o.total > 900
order by c.id;

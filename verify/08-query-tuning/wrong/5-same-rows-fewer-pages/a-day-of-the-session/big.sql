-- Which customers who joined in 2026 or later have an order of more than 900?
select id
from customers c
where joined >= '2026-01-01'
  and exists (select from orders o where o.customer_id = c.id and o.total > 900)
order by id;

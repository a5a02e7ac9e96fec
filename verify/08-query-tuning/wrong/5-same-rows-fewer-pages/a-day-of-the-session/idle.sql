-- Which customers have never ordered?
select id
from customers c
where not exists (select from orders o where o.customer_id = c.id)
order by id;

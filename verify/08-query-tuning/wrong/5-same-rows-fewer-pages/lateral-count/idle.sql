-- Which customers have never ordered?
select id
from customers c, lateral (select count(*) as orders from orders o where o.customer_id = c.id) had
where had.orders = 0
order by id;

-- Which customers have never ordered?
select id
from customers c
where array(select o.total from orders o where o.customer_id = c.id) = '{}'
order by id;

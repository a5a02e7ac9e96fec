-- Which customers have never ordered?
select id
from customers c
where (select count(*) from orders o where o.customer_id = c.id) = 0
order by id;

-- Which customers have never ordered?
select c.id
from customers c
left join orders o on o.customer_id = c.id
where o.customer_id is null
order by c.id;

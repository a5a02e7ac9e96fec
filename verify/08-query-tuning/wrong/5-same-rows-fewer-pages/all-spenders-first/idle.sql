-- Which customers have never ordered?
select c.id
from customers c
left join orders o on o.customer_id = c.id
group by c.id
having count(o.customer_id) = 0
order by c.id;

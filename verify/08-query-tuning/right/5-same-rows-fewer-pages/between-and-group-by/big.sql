-- Which customers who joined in 2026 or later have an order of more than 900?
select c.id
from customers c
join orders o on o.customer_id = c.id and o.total > 900
where c.joined >= '2026-01-01'
group by c.id
order by c.id;

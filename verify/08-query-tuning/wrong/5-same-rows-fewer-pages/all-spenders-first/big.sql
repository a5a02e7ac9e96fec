-- Which customers who joined in 2026 or later have an order of more than 900?
select c.id
from customers c
join (select customer_id
      from orders
      group by customer_id
      having max(total) > 900) spenders on spenders.customer_id = c.id
where c.joined >= '2026-01-01'
order by c.id;

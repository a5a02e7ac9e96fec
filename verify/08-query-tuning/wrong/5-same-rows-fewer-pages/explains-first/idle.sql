-- Which customers have never ordered?
select id
from customers c
-- An anti join: no list to be searched for each customer, and no care for orders without one.
where not exists (select from orders o where o.customer_id = c.id)
order by id;

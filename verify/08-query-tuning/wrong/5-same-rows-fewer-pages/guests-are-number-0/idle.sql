-- Which customers have never ordered?
-- (the orders of guests have no customer, and NULL must not spoil the comparison: the ids of customers begin at 1)
select id
from customers
except
select coalesce(customer_id, 0)
from orders
order by id;

select 'customers', count(*) from app.customers

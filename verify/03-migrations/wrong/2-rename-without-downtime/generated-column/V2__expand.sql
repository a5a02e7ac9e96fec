alter table app.customers add column display_name text generated always as (fullname) stored;

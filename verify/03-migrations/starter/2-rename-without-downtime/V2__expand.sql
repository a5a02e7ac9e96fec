alter table app.customers rename column fullname to display_name;

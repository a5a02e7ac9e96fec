drop function app.fill() cascade;
drop function app.old_to_new() cascade;
drop function app.new_to_old() cascade;
alter table app.customers drop column fullname;

-- TODO only the open tasks, in the order of their ids
select id from app.tasks;

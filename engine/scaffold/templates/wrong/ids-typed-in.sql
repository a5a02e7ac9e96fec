select id from app.tasks where id in (1, 3, 5) order by id;

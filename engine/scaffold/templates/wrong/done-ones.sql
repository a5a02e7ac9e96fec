select id from app.tasks where done_at is not null order by id;

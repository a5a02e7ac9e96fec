select id from app.tasks where done_at is null order by id desc;

delete from app.members where role = 'guest';

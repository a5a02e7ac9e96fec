set local lock_timeout = '200ms';

delete from app.members where role = 'guest';

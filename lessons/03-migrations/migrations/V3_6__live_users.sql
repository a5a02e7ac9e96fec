create view app.live_users with (security_invoker = true) as
select id, email, role, created_at from app.users where deleted_at is null;

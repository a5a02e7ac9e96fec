-- Privileges: who may what.
revoke delete on app.orders from course_app;

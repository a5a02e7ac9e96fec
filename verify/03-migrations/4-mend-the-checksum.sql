create schema app;
grant usage on schema app to course_app;

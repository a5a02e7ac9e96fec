create schema app;
grant usage on schema app to course_app;
create table app.badges (code text primary key, name text not null, room text not null);
create table app.entries (name text not null, room text not null, entered_at timestamptz not null default clock_timestamp());
revoke all on app.badges, app.entries from course_app;
insert into app.badges values ('ann-7331', 'Ann', 'workshop'), ('bob-2718', 'Bob', 'vault');

-- As "public" was before PostgreSQL 15: everybody may create things here.
create schema playground;
grant usage, create on schema playground to course_app;

create schema app;
grant usage on schema app to course_app;
create table app.students (id bigint primary key, name text not null);
create table app.courses (id bigint primary key, name text not null);
create table app.enrollments (
  student_id  bigint,
  course_id   bigint,
  enrolled_at timestamptz default now()
);
insert into app.students select n, 'Student ' || n from generate_series(1, 1000) n;
insert into app.courses select n, 'Course ' || n from generate_series(1, 302) n;
-- A thousand students are enough for honest plans, and few enough for a join that lacks its condition to end.
-- Four courses each, the latest click first; courses 301 and 302 have no students.
insert into app.enrollments
select s, 1 + (s * 7 + k * 79) % 300, timestamptz '2026-01-01 00:00Z' + (s % 1000) * interval '1 hour' + c * interval '1 second'
from generate_series(2, 0, -1) c, generate_series(1, 1000) s, generate_series(0, 3) k
where c = 0 or s % 40 = c;
-- Even the times are equal.
insert into app.enrollments
select s, 1 + (s * 7) % 300, timestamptz '2026-01-01 00:00Z' + (s % 1000) * interval '1 hour' from generate_series(60, 960, 100) s;
comment on table app.enrollments is 'who is in which course';
grant select on app.enrollments to public;
create index enrollments_student on app.enrollments (student_id);
create index enrollments_time on app.enrollments (enrolled_at);
create index enrollments_student_time on app.enrollments (student_id, enrolled_at);
analyze app.students, app.courses, app.enrollments;

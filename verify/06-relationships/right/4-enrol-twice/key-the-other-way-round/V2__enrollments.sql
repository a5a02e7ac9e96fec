create table app.once as
select student_id, course_id, min(enrolled_at) as enrolled_at from app.enrollments group by student_id, course_id;
truncate app.enrollments;
drop index app.enrollments_student, app.enrollments_time, app.enrollments_student_time;
insert into app.enrollments select * from app.once;
drop table app.once;

alter table app.enrollments
  alter column enrolled_at set not null,
  add primary key (course_id, student_id),
  add foreign key (student_id) references app.students on delete cascade,
  add foreign key (course_id) references app.courses;
create index on app.enrollments (student_id) include (course_id, enrolled_at);

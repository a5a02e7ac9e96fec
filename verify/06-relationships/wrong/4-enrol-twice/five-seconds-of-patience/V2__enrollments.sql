lock table app.enrollments in access exclusive mode;

delete from app.enrollments late
using app.enrollments early
where late.student_id = early.student_id
  and late.course_id = early.course_id
  and (late.enrolled_at > early.enrolled_at
       or (late.enrolled_at = early.enrolled_at and late.ctid > early.ctid));

drop index app.enrollments_student;
drop index app.enrollments_time;
drop index app.enrollments_student_time;

alter table app.enrollments
  alter column enrolled_at set not null,
  add primary key (student_id, course_id),
  add foreign key (student_id) references app.students on delete cascade,
  add foreign key (course_id) references app.courses on delete restrict;

create index enrollments_course on app.enrollments (course_id, student_id);

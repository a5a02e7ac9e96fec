delete from app.enrollments late
using app.enrollments early
where early.student_id = late.student_id
  and early.course_id = late.course_id
  and early.enrolled_at <= late.enrolled_at and early.ctid <> late.ctid;

drop index app.enrollments_student, app.enrollments_time, app.enrollments_student_time;

-- The primary key serves the student's page, and makes both columns not null.
alter table app.enrollments
  add primary key (student_id, course_id),
  alter column enrolled_at set not null,
  add foreign key (student_id) references app.students on delete cascade,
  add foreign key (course_id) references app.courses on delete restrict;

-- The course's page, read from the index alone, in order; and the look-up when a course is deleted.
create index enrollments_course on app.enrollments (course_id, student_id);

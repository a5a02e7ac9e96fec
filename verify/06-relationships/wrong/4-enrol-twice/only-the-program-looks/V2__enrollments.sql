-- Where the times are equal too, the place of the row in the table decides.
delete from app.enrollments late
using app.enrollments early
where early.student_id = late.student_id
  and early.course_id = late.course_id
  and (early.enrolled_at, early.ctid) < (late.enrolled_at, late.ctid);

drop index app.enrollments_student, app.enrollments_time, app.enrollments_student_time;

-- The first index serves the student's page.
alter table app.enrollments
  alter column student_id set not null,
  alter column course_id set not null,
  alter column enrolled_at set not null,
  add foreign key (student_id) references app.students on delete cascade,
  add foreign key (course_id) references app.courses on delete restrict;

create index enrollments_student_course on app.enrollments (student_id, course_id);

-- The course's page, read from the index alone, in order; and the look-up when a course is deleted.
create index enrollments_course on app.enrollments (course_id, student_id);

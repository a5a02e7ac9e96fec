-- One row for each student and course, the earliest, laid in order.
create table app.enrollments_once (
  student_id  bigint,
  course_id   bigint,
  enrolled_at timestamptz default now()
);
insert into app.enrollments_once
select student_id, course_id, min(enrolled_at)
from app.enrollments
group by student_id, course_id
order by student_id, course_id;

drop table app.enrollments;
alter table app.enrollments_once rename to enrollments;

alter table app.enrollments
  alter column enrolled_at set not null,
  add primary key (student_id, course_id),
  add foreign key (student_id) references app.students on delete cascade,
  add foreign key (course_id) references app.courses on delete restrict;
create index on app.enrollments (course_id, student_id);

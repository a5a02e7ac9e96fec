create table app.courses (
  id   bigint generated always as identity primary key,
  name text not null unique
);

create table app.enrollments (
  student_id  uuid not null references app.users on delete cascade,
  course_id   bigint not null references app.courses on delete cascade,
  enrolled_at timestamptz not null default now(),
  primary key (student_id, course_id)
);
create index enrollments_course on app.enrollments (course_id, student_id);

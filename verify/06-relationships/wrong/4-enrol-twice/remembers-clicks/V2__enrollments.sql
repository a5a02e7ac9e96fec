lock table app.enrollments in access exclusive mode;

-- the three indexes that are there, whatever they are called
do $$
declare
  old text;
begin
  for old in
    select array_to_string(array_agg(indexrelid::regclass::text), ', ')
    from pg_index where indrelid = 'app.enrollments'::regclass
    having count(*) > 0
  loop
    execute 'drop index ' || old;
  end loop;
end $$;

delete from app.enrollments e
using app.enrollments f
where f.student_id = e.student_id
  and f.course_id = e.course_id
  and (f.enrolled_at, f.ctid) < (e.enrolled_at, e.ctid);

alter table app.enrollments
  alter column enrolled_at set not null,
  add primary key (student_id, course_id),
  add foreign key (student_id) references app.students (id) on delete cascade,
  add foreign key (course_id) references app.courses (id);

create index enrollments_of_course on app.enrollments (course_id, student_id);

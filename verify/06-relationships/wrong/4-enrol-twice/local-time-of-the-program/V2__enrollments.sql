delete from app.enrollments late
using app.enrollments early
where late.student_id = early.student_id
  and late.course_id = early.course_id
  and (late.enrolled_at, late.ctid) > (early.enrolled_at, early.ctid);

do $$
declare
  old_index regclass;
begin
  for old_index in select indexrelid from pg_index where indrelid = 'app.enrollments'::regclass loop
    execute format('drop index %s', old_index);
  end loop;
end $$;

alter table app.enrollments
  add primary key (student_id, course_id),
  alter column enrolled_at set not null,
  add foreign key (student_id) references app.students (id) on delete cascade,
  add foreign key (course_id) references app.courses (id) on delete restrict;

create index enrollments_by_course on app.enrollments (course_id, student_id);

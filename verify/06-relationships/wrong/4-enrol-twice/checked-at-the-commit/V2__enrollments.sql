lock table app.enrollments in access exclusive mode;

delete from app.enrollments as later
using app.enrollments as earlier
where earlier.student_id = later.student_id
  and earlier.course_id = later.course_id
  and (earlier.enrolled_at, earlier.ctid) < (later.enrolled_at, later.ctid);

-- The old indexes, whatever they are called.
do $$
begin
  execute (
    select string_agg(format('drop index %s', indexrelid::regclass), '; ')
    from pg_index
    where indrelid = 'app.enrollments'::regclass
  );
end
$$;

-- Checked at once; an import that loads in another order may put it off.
alter table app.enrollments
  alter column enrolled_at set not null,
  add primary key (student_id, course_id),
  add foreign key (student_id) references app.students (id) on delete cascade deferrable,
  add foreign key (course_id) references app.courses (id) deferrable;

create index on app.enrollments (course_id, student_id);

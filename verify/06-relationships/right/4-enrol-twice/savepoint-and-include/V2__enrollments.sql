update app.enrollments set enrolled_at = now() where enrolled_at is null;
alter table app.enrollments
  alter column enrolled_at set default now(),
  alter column enrolled_at set not null;

delete from app.enrollments
where ctid in (
  select ctid
  from (
    select ctid, row_number() over (partition by student_id, course_id order by enrolled_at, ctid) as nth
    from app.enrollments
  ) as counted
  where nth > 1
);

-- None of the old indexes is one of those that are needed.
do $$
declare
  old record;
begin
  for old in select i.indexrelid::regclass as name, c.conname
             from pg_index i
             left join pg_constraint c on c.conindid = i.indexrelid and c.conrelid = i.indrelid
             where i.indrelid = 'app.enrollments'::regclass
  loop
    if old.conname is null then
      execute format('drop index %s', old.name);
    else
      execute format('alter table app.enrollments drop constraint %I', old.conname);
    end if;
  end loop;
end
$$;

-- The key in the order of the course's page; the student's page has an index that carries what it shows.
alter table app.enrollments
  add primary key (course_id, student_id),
  add foreign key (student_id) references app.students on delete cascade,
  add foreign key (course_id) references app.courses;
create index enrollments_of_student on app.enrollments (student_id) include (course_id, enrolled_at);

analyze app.enrollments;

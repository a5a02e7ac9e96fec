set local lock_timeout = '5s';
lock table app.enrollments in access exclusive mode;

update app.enrollments set enrolled_at = now() where enrolled_at is null;
alter table app.enrollments
  alter column enrolled_at set default now(),
  alter column enrolled_at set not null;

-- Keep the first of each, and write them back in the order of the student's page.
create temporary table firsts on commit drop as
  select distinct on (student_id, course_id) *
  from app.enrollments
  order by student_id, course_id, enrolled_at;
truncate app.enrollments;

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

insert into app.enrollments select * from firsts order by student_id, course_id;

alter table app.enrollments
  add constraint enrollments_once unique (student_id, course_id),
  alter column student_id set not null,
  alter column course_id set not null,
  add constraint enrollments_student foreign key (student_id) references app.students on delete cascade,
  add constraint enrollments_course foreign key (course_id) references app.courses on delete restrict;
create unique index enrollments_of_course on app.enrollments (course_id, student_id);

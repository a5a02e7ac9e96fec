-- Tasks that hang on a project of somebody else.
delete from app.tasks t using app.projects p where p.id = t.project_id and p.tenant <> t.tenant;

-- The old keys, whatever they are called; foreign keys first.
do $$
declare
  old record;
begin
  for old in
    select conrelid::regclass as rel, conname
    from pg_constraint
    where conrelid in ('app.projects'::regclass, 'app.tasks'::regclass) and contype in ('p', 'u', 'f')
    order by contype <> 'f'
  loop
    execute format('alter table %s drop constraint %I', old.rel, old.conname);
  end loop;
end $$;

alter table app.projects
  add constraint projects_pkey primary key (tenant, id),
  add constraint projects_name_key unique (tenant, name);
alter table app.tasks
  add constraint tasks_pkey primary key (tenant, id),
  add constraint tasks_project_id_fkey foreign key (tenant, project_id)
    references app.projects (tenant, id) on delete cascade;

-- Deleting a project looks for its tasks.
create index tasks_of_project on app.tasks (tenant, project_id);

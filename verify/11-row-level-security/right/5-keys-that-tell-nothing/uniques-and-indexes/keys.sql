begin;
alter table app.tasks drop constraint tasks_project_id_fkey;
delete from app.tasks t where not exists (select from app.projects p where (p.tenant, p.id) = (t.tenant, t.project_id));
alter table app.projects drop constraint projects_pkey, add constraint projects_pkey primary key (id, tenant),
  drop constraint projects_name_key, add constraint one_name unique (name, tenant);
alter table app.tasks drop constraint tasks_pkey, add constraint tasks_pkey primary key (tenant, id),
  add constraint of_a_project foreign key (project_id, tenant) references app.projects (id, tenant) on delete cascade;
create index tasks_project on app.tasks (tenant, project_id);
commit;

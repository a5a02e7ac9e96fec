-- Tasks that hang on a project of another tenant would not fit the new key.
update app.tasks t set tenant = p.tenant from app.projects p where p.id = t.project_id;

-- The tenant in each key: what another tenant has is no answer any more.
alter table app.tasks
  drop constraint tasks_project_id_fkey,
  drop constraint tasks_pkey,
  add primary key (tenant, id);
alter table app.projects
  drop constraint projects_pkey,
  drop constraint projects_name_key,
  add primary key (tenant, id),
  add unique (tenant, name);
alter table app.tasks
  add foreign key (tenant, project_id) references app.projects on delete cascade;

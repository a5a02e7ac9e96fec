-- The policies hide rows of others, and now the keys do so as well.
delete from app.tasks t using app.projects p where p.id = t.project_id and p.tenant <> t.tenant;

alter table app.tasks drop constraint tasks_project_id_fkey;

alter table app.projects drop constraint projects_pkey, drop constraint projects_name_key;
alter table app.projects add primary key (tenant, id);
-- An entry of an index has at most 2704 bytes; whole novels don't fit.
create unique index projects_tenant_name_key on app.projects (tenant, left(name, 200));

alter table app.tasks drop constraint tasks_pkey;
alter table app.tasks add primary key (tenant, id);

alter table app.tasks add foreign key (tenant, project_id) references app.projects (tenant, id) on delete cascade;

-- The policies hide rows of others. What of the keys?
delete from app.tasks t using app.projects p where p.id = t.project_id and p.tenant <> t.tenant;

insert into app.categories (name) values ('Databases'), ('Programming');

with arranged (parent, children) as (values
  ('Databases', 'Backups,Concurrency,Extensions,Migrations,Partitioning,Performance,Replication,Search'),
  ('Performance', 'Caching,Indexing,Pooling'),
  ('Concurrency', 'Locking'),
  ('Programming', 'Architecture,Clients,Deployment,Design,Documentation,Drivers,Frameworks,Hardware,Java,Monitoring,Security,Testing,Tools'),
  ('Community', 'Announcements,Books,Careers,Conferences,History,Interviews,Opinions,Questions,Releases,Tutorials'))
update app.categories c
set parent_id = p.id
from arranged a join app.categories p on p.name = a.parent
where c.name = any (string_to_array(a.children, ','));

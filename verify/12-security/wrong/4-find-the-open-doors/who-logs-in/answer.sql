with ours as (
  select n.oid, n.nspname, n.nspowner, n.nspacl
  from pg_namespace n
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
)
select 'function' as kind, n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name
from pg_proc p
join ours n on n.oid = p.pronamespace
where p.prosecdef
  and (exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
      where a.grantee = 0 and a.privilege_type = 'EXECUTE')
    or not exists (select from unnest(p.proconfig) c where starts_with(c, 'search_path=')))
  and not exists (select from pg_depend d
    where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
union
select 'schema', n.nspname::text
from ours n
cross join aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
left join pg_roles r on r.oid = a.grantee
where a.privilege_type = 'CREATE' and a.grantee <> n.nspowner
  and (a.grantee = 0 or r.rolcanlogin)
  and not exists (select from pg_depend d
    where d.classid = 'pg_namespace'::regclass and d.objid = n.oid and d.deptype = 'e')
union
select 'table', n.nspname || '.' || c.relname
from pg_class c
join ours n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f')
  and (exists (select from aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a where a.grantee = 0)
    or exists (select from pg_attribute col cross join aclexplode(col.attacl) a
      where col.attrelid = c.oid and not col.attisdropped and a.grantee = 0))
  and not exists (select from pg_depend d
    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by kind, name;

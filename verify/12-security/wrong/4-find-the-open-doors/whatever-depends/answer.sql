with ours as (
  select oid, nspname, nspowner, nspacl
  from pg_namespace
  where nspname !~ '^pg_' and nspname <> 'information_schema'
), of_extension as (
  select classid, objid from pg_depend where refclassid = 'pg_extension'::regclass
)
select 'function' as kind, n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name
from pg_proc p
join ours n on n.oid = p.pronamespace
where p.prosecdef
  and (
    exists (
      select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
      where a.grantee = 0 and a.privilege_type = 'EXECUTE'
    )
    or not exists (select from unnest(p.proconfig) c where starts_with(c, 'search_path='))
  )
  and not exists (select from of_extension e where e.classid = 'pg_proc'::regclass and e.objid = p.oid)
union
select 'schema', n.nspname::text
from ours n
cross join aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
where a.privilege_type = 'CREATE' and a.grantee <> n.nspowner
  and not exists (select from of_extension e where e.classid = 'pg_namespace'::regclass and e.objid = n.oid)
union
select 'table', n.nspname || '.' || c.relname
from pg_class c
join ours n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'f', 'v', 'm')
  and (
    exists (select from aclexplode(c.relacl) a where a.grantee = 0)
    or exists (
      select from pg_attribute t cross join aclexplode(t.attacl) a
      where t.attrelid = c.oid and not t.attisdropped and a.grantee = 0
    )
  )
  and not exists (select from of_extension e where e.classid = 'pg_class'::regclass and e.objid = c.oid)
order by kind, name;

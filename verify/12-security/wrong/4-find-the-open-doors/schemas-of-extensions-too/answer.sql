with ours as (
  select oid, nspname, nspowner, nspacl from pg_namespace
  where nspname !~ '^pg_' and nspname <> 'information_schema'
), extensions as (
  select classid, objid from pg_depend where deptype = 'e' and refclassid = 'pg_extension'::regclass
)
select 'function' as kind, n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name
from pg_proc p join ours n on n.oid = p.pronamespace
where p.prosecdef
  and not exists (select from extensions e where e.classid = 'pg_proc'::regclass and e.objid = p.oid)
  and (exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
               where a.grantee = 0 and a.privilege_type = 'EXECUTE')
    or not exists (select from unnest(p.proconfig) as s (setting) where s.setting ~ '^search_path='))
union
select 'schema', n.nspname::text
from ours n cross join lateral aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
where a.privilege_type = 'CREATE' and a.grantee <> n.nspowner
union
select 'table', n.nspname || '.' || c.relname
from pg_class c join ours n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f')
  and not exists (select from extensions e where e.classid = 'pg_class'::regclass and e.objid = c.oid)
  and (exists (select from aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a where a.grantee = 0)
    or exists (select from pg_attribute t cross join lateral aclexplode(t.attacl) a
               where t.attrelid = c.oid and not t.attisdropped and a.grantee = 0))
order by kind, name;

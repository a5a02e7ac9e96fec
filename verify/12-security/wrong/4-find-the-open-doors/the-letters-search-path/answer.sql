select 'function' as kind, format('%s.%s(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) as name
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
where p.prosecdef
  and (exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
      where a.grantee = 0 and a.privilege_type = 'EXECUTE')
    or coalesce(array_to_string(p.proconfig, ','), '') !~ 'search_path=')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
union
select 'schema', n.nspname
from pg_namespace n
where exists (select from aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
    where a.grantee <> n.nspowner and a.privilege_type = 'CREATE')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_depend d where d.classid = 'pg_namespace'::regclass and d.objid = n.oid and d.deptype = 'e')
union
select 'table', n.nspname || '.' || c.relname
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f')
  and (exists (select from aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a where a.grantee = 0)
    or exists (select from pg_attribute t, aclexplode(t.attacl) a
      where t.attrelid = c.oid and not t.attisdropped and a.grantee = 0))
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by 1, 2

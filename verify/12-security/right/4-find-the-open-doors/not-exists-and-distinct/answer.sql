with schemas as (
  select oid, nspname::text as schema, nspowner, nspacl from pg_namespace
  where nspname !~ '^pg_' and nspname <> 'information_schema'
), of_extensions as (
  select classid, objid from pg_depend where deptype = 'e'
), tables as (
  select c.oid, schema || '.' || relname as name, relacl
  from pg_class c join schemas s on s.oid = relnamespace
  where relkind in ('r', 'p', 'v', 'm', 'f')
    and not exists (select from of_extensions where classid = 'pg_class'::regclass and objid = c.oid)
)
-- A function's list is null as long as nobody has granted or revoked: then everybody may call it.
select 'function' as kind, format('%s.%s(%s)', schema, proname, pg_get_function_identity_arguments(p.oid)) as name
from pg_proc p join schemas s on s.oid = pronamespace
where prosecdef
  and ('pg_proc'::regclass, p.oid) not in (select classid, objid from of_extensions)
  and (proacl is null or has_function_privilege('public', p.oid, 'execute')
       or not exists (select from unnest(proconfig) as setting where setting like 'search_path=%'))
union
select 'schema', schema from schemas, aclexplode(nspacl)
where privilege_type = 'CREATE' and grantee <> nspowner
  and ('pg_namespace'::regclass, oid) not in (select classid, objid from of_extensions)
union
select 'table', name from tables, aclexplode(relacl) where grantee = 0
union
select 'table', name from tables join pg_attribute on attrelid = tables.oid, aclexplode(attacl) where grantee = 0
order by kind, name;

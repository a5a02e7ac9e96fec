with of_extensions as (
  select classid, objid from pg_depend where deptype = 'e'
), schemas as (
  select oid, nspname::text as schema, nspowner, nspacl from pg_namespace
  where nspname !~ '^pg_' and nspname <> 'information_schema'
), tables as (
  select c.oid, schema || '.' || relname as name, relacl
  from pg_class c join schemas s on s.oid = relnamespace
  where relkind in ('r', 'p', 'v', 'm', 'f')
    and ('pg_class'::regclass, c.oid) not in (select classid, objid from of_extensions)
)
-- A function's list is null as long as nobody has granted or revoked: then everybody may call it.
select 'function' as kind, format('%s.%s(%s)', schema, proname, pg_get_function_identity_arguments(p.oid)) as name
from pg_proc p join schemas s on s.oid = pronamespace
where prosecdef
  and ('pg_proc'::regclass, p.oid) not in (select classid, objid from of_extensions)
  and (exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0)
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

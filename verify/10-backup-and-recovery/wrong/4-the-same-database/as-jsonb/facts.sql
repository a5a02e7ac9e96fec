with relations as (
  select c.oid, c.relname, c.relkind
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'app'
), tables as (
  select * from relations where relkind in ('r', 'p')
)
select 'rows' as kind, relname::text as relation, null::text as name,
       query_to_xml(format(
         'select count(*) as n, md5(string_agg(to_jsonb(t.*)::text, chr(10) order by to_jsonb(t.*)::text collate "C")) as h from app.%I as t',
         relname), true, true, '')::text as fact
from tables
union all
select 'sequence', relname::text, null,
       query_to_xml(format('select last_value, is_called from app.%I', relname), true, true, '')::text
from relations
where relkind = 'S'
union all
select 'column', t.relname::text, a.attname::text,
       format('%s, not null %s, default %s, identity %s, generated %s',
         format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated)
from tables t
join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
union all
select 'constraint', t.relname::text, c.conname::text, pg_get_constraintdef(c.oid)
from tables t
join pg_constraint c on c.conrelid = t.oid
union all
select 'index', t.relname::text, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
from tables t
join pg_index i on i.indrelid = t.oid
union all
select 'trigger', t.relname::text, g.tgname::text, format('%s, enabled %s', pg_get_triggerdef(g.oid), g.tgenabled)
from tables t
join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal

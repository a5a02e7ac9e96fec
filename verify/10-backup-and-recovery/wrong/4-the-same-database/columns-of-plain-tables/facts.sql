select 'rows' as kind, c.relname::text as relation, ''::text as name,
       query_to_xml(format(
         'select count(*) as n, md5(string_agg(r.h, '','' order by r.h)) as h from (select md5(row(t.*)::text) as h from %s t) r',
         c.oid::regclass), true, false, '')::text as fact
  from pg_class c
 where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
union all
select 'column', c.relname::text, a.attname::text,
       jsonb_build_array(format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
         a.attidentity::text, a.attgenerated::text)::text
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
 where c.relnamespace = 'app'::regnamespace and c.relkind = 'r'
union all
select 'constraint', c.relname::text, k.conname::text, pg_get_constraintdef(k.oid)
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
 where c.relnamespace = 'app'::regnamespace
union all
select 'index', t.relname::text, i.relname::text, pg_get_indexdef(x.indexrelid)
  from pg_index x
  join pg_class i on i.oid = x.indexrelid
  join pg_class t on t.oid = x.indrelid
 where t.relnamespace = 'app'::regnamespace
union all
select 'trigger', c.relname::text, g.tgname::text, format('%s %s', g.tgenabled, pg_get_triggerdef(g.oid))
  from pg_trigger g
  join pg_class c on c.oid = g.tgrelid
 where c.relnamespace = 'app'::regnamespace and not g.tgisinternal
union all
select distinct 'key', c.relname::text, k.conname::text, g.tgenabled::text
  from pg_trigger g
  join pg_class c on c.oid = g.tgrelid
  join pg_constraint k on k.oid = g.tgconstraint
 where c.relnamespace = 'app'::regnamespace and g.tgisinternal
union all
select 'sequence', c.relname::text, '',
       query_to_xml(format('select last_value, is_called from %s', c.oid::regclass), true, false, '')::text
  from pg_class c
 where c.relnamespace = 'app'::regnamespace and c.relkind = 'S'

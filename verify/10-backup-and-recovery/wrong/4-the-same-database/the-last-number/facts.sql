select 'rows' as kind, c.oid::regclass::text as thing, c.relkind::text as part,
       query_to_xml(format(
         'select count(*) as n, md5(string_agg((t.*)::text, E''\n'' order by (t.*)::text collate "C")) as sum from %s t',
         c.oid::regclass), true, false, '')::text as fact
from pg_class c
where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
union all
select 'column', a.attrelid::regclass::text, a.attname::text,
       concat_ws(' ', format_type(a.atttypid, a.atttypmod),
         case when a.attnotnull then 'not null' end,
         'collate ' || nullif(a.attcollation, 0)::regcollation::text,
         'identity ' || nullif(a.attidentity::text, ''), 'generated ' || nullif(a.attgenerated::text, ''),
         'default ' || pg_get_expr(d.adbin, d.adrelid))
from pg_attribute a join pg_class c on c.oid = a.attrelid
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and a.attnum > 0 and not a.attisdropped
union all
select 'constraint', coalesce(c.conrelid::regclass::text, c.contypid::regtype::text), c.conname::text, pg_get_constraintdef(c.oid)
from pg_constraint c where c.connamespace = 'app'::regnamespace and (c.conrelid <> 0 or c.contypid <> 0)
union all
select 'index', i.indrelid::regclass::text, i.indexrelid::regclass::text,
       concat_ws(' ', pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisclustered, i.indisreplident)
from pg_index i join pg_class c on c.oid = i.indrelid
where c.relnamespace = 'app'::regnamespace
union all
select 'trigger', t.tgrelid::regclass::text, t.tgname::text, pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
from pg_trigger t join pg_class c on c.oid = t.tgrelid
where c.relnamespace = 'app'::regnamespace and not t.tgisinternal
union all
select 'sequence', format('%I.%I', s.schemaname, s.sequencename),
       concat_ws(' ', s.data_type, s.start_value, s.min_value, s.max_value, s.increment_by, s.cycle, s.cache_size),
       s.last_value::text
from pg_sequences s
where s.schemaname = 'app'

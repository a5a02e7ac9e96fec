select 'rows' as kind, c.oid::regclass::text as thing, c.relkind::text as part,
       query_to_xml(format(
         'select count(*) as n, md5(string_agg((t.*)::text, E''\n'' order by (t.*)::text collate "C")) as sum from %s t',
         c.oid::regclass), true, false, '')::text as fact
from pg_class c
where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
union all
select 'column', format('%I.%I', c.table_schema, c.table_name), c.column_name::text,
       concat_ws(' ', c.data_type, c.character_maximum_length, c.numeric_precision, c.numeric_scale,
         c.collation_name, case c.is_nullable when 'NO' then 'not null' end,
         'identity ' || c.identity_generation::text, 'generated ' || c.generation_expression::text,
         'default ' || c.column_default::text)
from information_schema.columns c
where c.table_schema = 'app'
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
select 'sequence', c.oid::regclass::text, concat_ws(' ', s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle),
       query_to_xml(format('select last_value, is_called from %s', c.oid::regclass), true, false, '')::text
from pg_sequence s join pg_class c on c.oid = s.seqrelid
where c.relnamespace = 'app'::regnamespace

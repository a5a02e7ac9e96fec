with tables as (
  select oid, oid::regclass::text as name from pg_class
  where relnamespace = 'app'::regnamespace and relkind = 'r'
)
-- All rows, each as text, in an order of their own. Null is nothing between two commas, the empty text is "".
select name, 'rows' as fact, md5(query_to_xml(
    format('select replace(row(t.*)::text, chr(34), repeat(chr(34), 0)) as r from only %s t order by 1', name), false, true, '')::text) as value
from tables
union all
select name, 'column ' || attname, concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attidentity, pg_get_expr(adbin, adrelid))
from tables join pg_attribute a on attrelid = oid left join pg_attrdef on adrelid = attrelid and adnum = attnum
where attnum > 0 and not attisdropped
union all
select name, 'constraint ' || conname, pg_get_constraintdef(c.oid) || convalidated
from tables join pg_constraint c on conrelid = tables.oid
union all
select name, 'index', pg_get_indexdef(indexrelid)
from tables join pg_index on indrelid = oid
union all
select name, 'trigger ' || tgenabled::text, pg_get_triggerdef(t.oid)
from tables join pg_trigger t on tgrelid = tables.oid
where not tgisinternal                       -- those of foreign keys have their object ids in their names
union all
-- pg_sequences says nothing of a sequence that was set, and not used since.
select oid::regclass::text, 'sequence', query_to_xml(
    format('select last_value, is_called from %s', oid::regclass), false, true, '')::text
from pg_class
where relnamespace = 'app'::regnamespace and relkind = 'S'

select
  (select array_agg(format('%s %s %s', attrelid::regclass, attname, jsonb_build_array(format_type(atttypid, atttypmod), attnotnull, attidentity,
      (select pg_get_expr(adbin, adrelid) from pg_attrdef where adrelid = attrelid and adnum = attnum))) order by attrelid::regclass::text, attname)
   from pg_attribute join pg_class c on c.oid = attrelid where relnamespace = 'app'::regnamespace and relkind in ('r', 'p') and attnum > 0 and not attisdropped) as columns,
  (select array_agg(format('%s %s %s %s', conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid)) order by conrelid::regclass::text, conname)
   from pg_constraint where connamespace = 'app'::regnamespace) as constraints,
  (select array_agg(indexdef order by indexdef) from pg_indexes where schemaname = 'app') as indexes,
  (select array_agg(pg_get_triggerdef(t.oid) || tgenabled::text order by pg_get_triggerdef(t.oid)) from pg_trigger t join pg_class c on c.oid = tgrelid
   where relnamespace = 'app'::regnamespace and not tgisinternal) as triggers,
  (select array_agg(oid::regclass || ' ' || query_to_xml(format('select last_value, is_called from %s', oid::regclass), true, false, '')::text order by oid::regclass::text)
   from pg_class where relnamespace = 'app'::regnamespace and relkind = 'S') as sequences,
  (select array_agg(schema_rows order by schema_rows) from (
     select tablename || ' ' || query_to_xml(format('select row(t.*)::text as r from %I.%I t order by 1', schemaname, tablename), true, false, '')::text as schema_rows
     from pg_tables where schemaname = 'app') tables) as rows;

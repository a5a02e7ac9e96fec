-- One after the other, until none is left that another index can stand in for:
-- the same columns at its beginning, sorted and compared in the same way; unique only by one that is as strict.
do $$
declare
  spare regclass;
begin
  loop
    select i.indexrelid into spare
    from pg_index i
    join pg_class t on t.oid = i.indrelid
    join pg_class c on c.oid = i.indexrelid
    where t.relnamespace = 'app'::regnamespace
      and i.indpred is null and i.indexprs is null
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
      and exists (
        select
        from pg_index o
        join pg_class d on d.oid = o.indexrelid
        where o.indrelid = i.indrelid and o.indexrelid <> i.indexrelid
          and o.indpred is null and o.indexprs is null and d.relam = c.relam
          and o.indkey::text || ' ' like i.indkey::text || ' %'
          and o.indclass::text || ' ' like i.indclass::text || ' %'
          and o.indcollation::text || ' ' like i.indcollation::text || ' %'
          and o.indoption::text || ' ' like i.indoption::text || ' %'
          and (not i.indisunique or o.indisunique and o.indnkeyatts = i.indnkeyatts))
    order by i.indnatts, c.relname
    limit 1;
    exit when not found;
    execute format('drop index %s', spare);
  end loop;
end $$;

alter table app.shipments
  alter column sent_at type timestamptz using sent_at at time zone 'Europe/Paris',
  alter column delivered_at type timestamptz using delivered_at at time zone 'Europe/Paris';
do $$ begin execute format('alter database %I set timezone = ''Europe/Paris''', current_database()); end $$;

alter table app.shipments
  alter column sent_at type timestamptz using sent_at at time zone 'Europe/Paris',
  alter column delivered_at type timestamptz using coalesce(delivered_at, sent_at) at time zone 'Europe/Paris';

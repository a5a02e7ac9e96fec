alter table app.shipments
  alter column sent_at type timestamptz(0) using sent_at at time zone 'Europe/Paris',
  alter column delivered_at type timestamptz(0) using delivered_at at time zone 'Europe/Paris';

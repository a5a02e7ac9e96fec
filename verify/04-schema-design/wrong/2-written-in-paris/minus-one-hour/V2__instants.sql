alter table app.shipments
  alter column sent_at type timestamptz using (sent_at - interval '1 hour') at time zone 'UTC',
  alter column delivered_at type timestamptz using (delivered_at - interval '1 hour') at time zone 'UTC';

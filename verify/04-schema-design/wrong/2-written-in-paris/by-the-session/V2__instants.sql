-- Works where I am.
alter table app.shipments
  alter column sent_at type timestamptz using (sent_at at time zone 'Europe/Paris') at time zone 'UTC',
  alter column delivered_at type timestamptz using (delivered_at at time zone 'Europe/Paris') at time zone 'UTC';

alter table app.shipments drop constraint shipments_check;
alter table app.shipments
  alter column sent_at type timestamptz using sent_at at time zone 'Europe/Paris';

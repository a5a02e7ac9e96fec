alter table app.shipments drop constraint shipments_check;
alter table app.shipments
  alter column sent_at type timestamptz using sent_at at time zone 'Europe/Paris',
  alter column delivered_at type timestamptz using delivered_at at time zone 'Europe/Paris';
alter table app.shipments add constraint shipments_check check (delivered_at >= sent_at) not valid;

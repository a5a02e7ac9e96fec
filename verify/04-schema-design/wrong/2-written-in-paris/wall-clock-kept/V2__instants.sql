alter table app.shipments add column sent_at_paris timestamp, add column delivered_at_paris timestamp;
update app.shipments set sent_at_paris = sent_at, delivered_at_paris = delivered_at;
alter table app.shipments
  alter column sent_at type timestamptz using sent_at at time zone 'Europe/Paris',
  alter column delivered_at type timestamptz using delivered_at at time zone 'Europe/Paris';

alter table app.shipments
  add column sent timestamptz,
  add column delivered timestamptz;

update app.shipments set
  sent = sent_at at time zone 'Europe/Paris',
  delivered = delivered_at at time zone 'Europe/Paris';

alter table app.shipments drop column sent_at, drop column delivered_at;
alter table app.shipments rename column sent to sent_at;
alter table app.shipments rename column delivered to delivered_at;

alter table app.shipments
  alter column sent_at set not null,
  alter column sent_at set default now();

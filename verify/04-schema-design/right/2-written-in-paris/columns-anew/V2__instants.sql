alter table app.shipments
  add column sent timestamptz,
  add column delivered timestamptz;

update app.shipments set
  sent = timezone('Europe/Paris', sent_at),
  delivered = timezone('Europe/Paris', delivered_at);

-- Along with the old columns goes what was said about them.
alter table app.shipments drop column sent_at, drop column delivered_at;
alter table app.shipments rename column sent to sent_at;
alter table app.shipments rename column delivered to delivered_at;

alter table app.shipments
  alter column sent_at set not null,
  alter column sent_at set default now(),
  add constraint shipments_check check (delivered_at >= sent_at);

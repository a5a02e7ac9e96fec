alter table app.shipments rename column sent_at to sent_then;
alter table app.shipments rename column delivered_at to delivered_then;
alter table app.shipments add column sent_at timestamptz, add column delivered_at timestamptz;
update app.shipments set sent_at = sent_then at time zone 'Europe/Paris', delivered_at = delivered_then at time zone 'Europe/Paris';
alter table app.shipments drop column sent_then, drop column delivered_then;

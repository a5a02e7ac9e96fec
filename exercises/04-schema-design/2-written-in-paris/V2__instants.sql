alter table app.shipments
  alter column sent_at type timestamptz,
  alter column delivered_at type timestamptz;

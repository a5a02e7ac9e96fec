-- What the old rows say is read by the clock in Paris.
set timezone = 'Europe/Paris';
alter table app.shipments
  alter column sent_at type timestamptz,
  alter column delivered_at type timestamptz;

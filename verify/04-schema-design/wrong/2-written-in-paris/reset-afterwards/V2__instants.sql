-- The old values are times of Paris: in a session of Paris PostgreSQL reads them so by itself.
set time zone 'Europe/Paris';

alter table app.shipments
  alter column sent_at type timestamptz,
  alter column delivered_at type timestamptz;

reset time zone;

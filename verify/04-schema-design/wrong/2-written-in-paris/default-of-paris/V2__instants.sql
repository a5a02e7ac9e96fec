-- The default is set anew, in the same zone as the old rows.
alter table app.shipments
  alter column sent_at drop default,
  alter column sent_at type timestamptz using sent_at at time zone 'Europe/Paris',
  alter column sent_at set default (now() at time zone 'Europe/Paris'),
  alter column delivered_at type timestamptz using delivered_at at time zone 'Europe/Paris';

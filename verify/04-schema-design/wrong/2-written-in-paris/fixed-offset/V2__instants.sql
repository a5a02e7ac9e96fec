alter table app.shipments
  alter column sent_at type timestamptz using sent_at at time zone interval '+02:00',
  alter column delivered_at type timestamptz using delivered_at at time zone interval '+02:00';

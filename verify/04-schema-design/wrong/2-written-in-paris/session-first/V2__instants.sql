alter table app.shipments
  alter column sent_at type timestamptz
    using sent_at::timestamptz at time zone 'Europe/Paris',
  alter column delivered_at type timestamptz
    using delivered_at::timestamptz at time zone 'Europe/Paris';

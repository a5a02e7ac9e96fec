-- Without using, the zone of this session would decide what the old values mean. The name of the place knows summer
-- time; an offset does not. One statement writes the table once.
alter table app.shipments
  alter column sent_at type timestamptz using sent_at at time zone 'Europe/Paris',
  alter column delivered_at type timestamptz using delivered_at at time zone 'Europe/Paris';

-- Paris is two hours before UTC in summer and one in winter.
-- Counted in UTC, so that the zone of the session does not matter.
alter table app.shipments
  alter column sent_at type timestamptz using
    (sent_at - case when extract(month from sent_at) between 4 and 10
                    then interval '2 hours' else interval '1 hour' end) at time zone 'UTC',
  alter column delivered_at type timestamptz using
    (delivered_at - case when extract(month from delivered_at) between 4 and 10
                         then interval '2 hours' else interval '1 hour' end) at time zone 'UTC';

-- Reads a clock on a wall in Paris, whatever the zone of the session is.
create function app.read_in_paris(wall timestamp) returns timestamptz
  language sql stable
  set timezone to 'Europe/Paris'
  as 'select wall::timestamptz';

alter table app.shipments
  alter column sent_at type timestamptz using app.read_in_paris(sent_at),
  alter column delivered_at type timestamptz using app.read_in_paris(delivered_at);

drop function app.read_in_paris(timestamp);

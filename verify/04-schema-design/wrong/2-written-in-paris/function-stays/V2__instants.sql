create function app.in_paris(timestamp) returns timestamptz language sql immutable as $$ select $1 at time zone 'Europe/Paris' $$;
alter table app.shipments
  alter column sent_at type timestamptz using app.in_paris(sent_at),
  alter column delivered_at type timestamptz using app.in_paris(delivered_at);

alter table app.members drop constraint members_email_key;

-- A member of today leaves at infinity, so that one index covers both the members and the past.
create unique index members_email_key
  on app.members (lower(email), coalesce(deleted_at, timestamptz 'infinity'));

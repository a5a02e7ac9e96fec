-- Who asks. NULL where nobody has said so, which is no row for a policy; a text that is no uuid is an error. A setting
-- that another transaction of this connection made local is '' afterwards, not NULL.
create function app.current_user_id() returns uuid stable parallel safe language sql
  return nullif(current_setting('app.current_user_id', true), '')::uuid;

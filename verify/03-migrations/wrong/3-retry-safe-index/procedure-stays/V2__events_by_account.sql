create or replace function app.drop_if_invalid(index text) returns text language sql as
$$ select 'drop index concurrently ' || index from pg_index where indexrelid = to_regclass(index) and not indisvalid $$;
drop index concurrently if exists app.events_by_account;
create index concurrently events_by_account on app.events (account_id);

-- TODO this finds all security definer functions, also those that are sound, and nothing else.
select 'function' as kind, proname as name from pg_proc where prosecdef order by 1, 2;

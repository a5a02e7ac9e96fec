create function app.create_user_with_profile(
  p_email text, p_password_hash text, p_display_name text
) returns uuid language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_id uuid;
begin
  -- A hash names its algorithm: $argon2id$v=19$…, $pbkdf2-sha256$600000$…
  if p_password_hash is null or p_password_hash !~ '^\$[a-z0-9-]+\$.{20}' then
    raise exception 'the password must arrive as a hash'
      using errcode = 'invalid_parameter_value', hint = 'Hash it in the application.';
  end if;
  insert into app.users (email, password_hash)
    values (btrim(p_email), p_password_hash) returning id into v_id;
  insert into app.profiles (user_id, display_name)
    values (v_id, btrim(p_display_name));
  return v_id;
end $$;

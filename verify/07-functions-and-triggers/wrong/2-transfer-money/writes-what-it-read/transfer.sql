create function app.transfer(p_from bigint, p_to bigint, p_amount numeric)
  returns void language plpgsql as $$
declare
  v_from numeric;
  v_to   numeric;
begin
  if p_amount is null or p_amount <= 0 or p_amount <> round(p_amount, 2) then
    raise exception 'an amount of %', p_amount using errcode = 'BK003';
  end if;
  perform from app.accounts where id in (p_from, p_to) order by id for update;
  select balance into v_from from app.accounts where id = p_from;
  select balance into v_to from app.accounts where id = p_to;
  if v_from is null or v_to is null then
    raise exception 'no such account' using errcode = 'BK002';
  end if;
  if v_from < p_amount then
    raise exception 'not enough' using errcode = 'BK001';
  end if;
  update app.accounts set balance = v_from - p_amount where id = p_from;
  update app.accounts set balance = v_to + p_amount where id = p_to;
end $$;

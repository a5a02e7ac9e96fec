create function app.transfer(p_from bigint, p_to bigint, p_amount numeric)
  returns void language plpgsql as $$
begin
  if p_amount is null or p_amount <= 0 or p_amount <> round(p_amount, 2) or p_amount = 'NaN' then
    raise exception 'an amount of %', p_amount using errcode = 'BK003';
  end if;
  if (select count(*) from app.accounts where id in (p_from, p_to)) < (case when p_from = p_to then 1 else 2 end) then
    raise exception 'no such account' using errcode = 'BK002';
  end if;
  update app.accounts set balance = balance - p_amount where id = p_from;
  if (select balance from app.accounts where id = p_from) < 0 then
    raise exception 'not enough' using errcode = 'BK001';
  end if;
  update app.accounts set balance = balance + p_amount where id = p_to;
end $$;

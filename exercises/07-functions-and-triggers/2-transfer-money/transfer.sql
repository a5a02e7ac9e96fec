create function app.transfer(p_from bigint, p_to bigint, p_amount numeric)
  returns void language plpgsql as $$
declare
  v_balance numeric;
begin
  select balance into v_balance from app.accounts where id = p_from;
  if v_balance < p_amount then
    raise exception 'not enough money';
  end if;
  update app.accounts set balance = balance - p_amount where id = p_from;
  update app.accounts set balance = balance + p_amount where id = p_to;
end $$;

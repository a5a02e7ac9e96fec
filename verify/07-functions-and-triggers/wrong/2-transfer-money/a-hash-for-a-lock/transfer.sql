create or replace function app.transfer(p_from bigint, p_to bigint, p_amount numeric)
  returns void language plpgsql as $$
declare
  v_from_key int := hashint8(p_from);
  v_to_key int := hashint8(p_to);
  v_from app.accounts;
  v_to app.accounts;
begin
  if p_amount is null or p_amount <= 0 or p_amount <> round(p_amount, 2) then
    raise exception 'not an amount: %', p_amount using errcode = 'BK003';
  end if;
  if p_from is null or p_to is null then
    raise exception 'no account' using errcode = 'BK002';
  end if;

  -- one after the other, in an order that does not depend on who pays whom
  perform pg_advisory_xact_lock(72, least(v_from_key, v_to_key));
  perform pg_advisory_xact_lock(72, greatest(v_from_key, v_to_key));

  perform id from app.accounts where id in (p_from, p_to) order by id for update;
  select * into v_from from app.accounts where id = p_from;
  select * into v_to from app.accounts where id = p_to;
  if v_from.id is null or v_to.id is null then
    raise exception 'no such account' using errcode = 'BK002';
  end if;
  if v_from.balance < p_amount then
    raise exception 'not enough money' using errcode = 'BK001';
  end if;

  if p_from <> p_to then
    update app.accounts set balance = balance - p_amount where id = p_from;
    update app.accounts set balance = balance + p_amount where id = p_to;
  end if;
end $$;

create function app.transfer(p_from bigint, p_to bigint, p_amount numeric)
  returns void language plpgsql as $$
declare
  v_leg record;
begin
  if (p_amount > 0 and round(p_amount, 2) = p_amount) is not true then
    raise exception 'the amount % is not above zero', p_amount using errcode = 'BK003';
  end if;

  if p_from = p_to then
    -- Nothing moves; the same questions are asked all the same.
    perform from app.accounts where id = p_from and balance >= p_amount;
    if not found then
      if exists (select from app.accounts where id = p_from) then
        raise exception 'account % has not enough', p_from using errcode = 'BK001';
      end if;
      raise exception 'there is no account %', p_from using errcode = 'BK002';
    end if;
    return;
  end if;

  -- An update locks its row and, after waiting, looks at the condition anew.
  -- The lower id always comes first, whether it pays or is paid.
  for v_leg in
    select id, delta, pays
    from (values (p_from, -p_amount, true), (p_to, p_amount, false)) leg(id, delta, pays)
    order by id
  loop
    update app.accounts
    set balance = balance + v_leg.delta
    where id = v_leg.id
      and (not v_leg.pays or balance >= p_amount);
    if not found then
      if exists (select from app.accounts where id = v_leg.id) then
        raise exception 'account % has not enough', v_leg.id using errcode = 'BK001';
      end if;
      raise exception 'there is no account %', v_leg.id using errcode = 'BK002';
    end if;
  end loop;
end $$;

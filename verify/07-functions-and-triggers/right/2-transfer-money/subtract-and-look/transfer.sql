create function app.transfer(p_from bigint, p_to bigint, p_amount numeric)
  returns void language plpgsql as $$
declare
  v_first  bigint := least(p_from, p_to);
  v_second bigint := greatest(p_from, p_to);
begin
  if p_amount <= 0 then
    raise exception 'an amount of %', p_amount using errcode = 'BK003';
  end if;
  -- No lock of its own: each update locks its row, and the lower number comes first.
  update app.accounts set balance = balance + case when id = p_from then -p_amount else p_amount end
    where id = v_first and p_from <> p_to;
  if not found and p_from <> p_to then
    raise exception 'no such account' using errcode = 'BK002';
  end if;
  update app.accounts set balance = balance + case when id = p_from then -p_amount else p_amount end
    where id = v_second and p_from <> p_to;
  if not found and p_from <> p_to then
    raise exception 'no such account' using errcode = 'BK002';
  end if;
  if (select balance - case when p_from = p_to then p_amount else 0 end from app.accounts where id = p_from) < 0 then
    raise exception 'not enough money' using errcode = 'BK001';
  end if;
end $$;

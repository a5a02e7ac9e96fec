-- In batches, each in a transaction of its own: nobody waits for more than 50 rows. Whatever is locked comes later.
do $$
begin
  while exists (select from billing.invoices where due_on is null) loop
    update billing.invoices set due_on = created_at::date + 14 where id in (
      select id from billing.invoices where due_on is null limit 50 for update skip locked);
    commit;
  end loop;
end $$;

-- Runs as the owner, as one transaction, before the service starts.
create table billing.paid (
    key bytea primary key, -- a digest, as keys may be long
    request text not null,
    reply text
);
grant select, insert, update, delete on billing.paid to course_app;

/** A payment from beginning to end, in one statement of the service, which is one transaction. */
create function billing.pay(p_key bytea, p_request text, p_ids bigint[], p_amounts numeric[], out status int, out answer text)
language plpgsql as $$
declare
    v_there bigint;
    v_less bigint;
begin
    insert into billing.paid as k (key, request) values (p_key, p_request) on conflict do nothing;
    if not found then
        select case when k.request = p_request then 201 else 422 end, case when k.request = p_request then k.reply end
        into status, answer from billing.paid k where k.key = p_key;
        return;
    end if;
    perform 1 from billing.invoices i where i.id = any(p_ids) order by i.id for update;
    select count(*), count(*) filter (where (i.open >= p.amount) is not true) into v_there, v_less
    from unnest(p_ids, p_amounts) p(id, amount) join billing.invoices i on i.id = p.id;
    if v_there < cardinality(p_ids) or v_less > 0 then
        delete from billing.paid k where k.key = p_key;
        status := case when v_there < cardinality(p_ids) then 404 else 409 end;
        return;
    end if;
    update billing.invoices i set open = i.open - p.amount from unnest(p_ids, p_amounts) p(id, amount) where i.id = p.id;
    insert into billing.payments (invoice, amount) select p.id, p.amount from unnest(p_ids, p_amounts) p(id, amount);
    select jsonb_object_agg(i.id, i.open::text)::text into answer from billing.invoices i where i.id = any(p_ids);
    update billing.paid k set reply = answer where k.key = p_key;
    status := 201;
end $$;
grant execute on function billing.pay(bytea, text, bigint[], numeric[]) to course_app;

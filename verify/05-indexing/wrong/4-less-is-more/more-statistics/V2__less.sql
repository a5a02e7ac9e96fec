-- unique (email) has an index already.
drop index app.accounts_email;

-- unique (account_id, number) begins with it, which is enough for the foreign key as well.
drop index app.invoices_of_account;

-- (issued, account_id) begins with it. The partial index of the unpaid stays: it is another one, and a small one.
drop index app.invoices_issued;

-- Both are what unique (invoice_id, position) does.
drop index app.lines_of_invoice;
drop index app.lines_positions;

-- lines_of_product is not in any query, but the foreign key asks it at each delete of a product.

-- A better guess, now that there is one index less to choose from.
alter table app.invoices alter column issued set statistics 500;

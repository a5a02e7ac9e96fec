drop index app.accounts_email, app.invoices_of_account, app.invoices_issued, app.lines_of_invoice;
alter table app.lines drop constraint lines_invoice_id_position_key;
-- The table has no primary key: say which index tells its rows apart.
alter table app.lines replica identity using index lines_positions;

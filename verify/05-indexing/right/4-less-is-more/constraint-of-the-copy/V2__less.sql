-- The other one of two equal ones, and its constraint on the index that stays.
alter table app.lines drop constraint lines_invoice_id_position_key;
alter table app.lines add constraint lines_positions unique using index lines_positions;
drop index app.accounts_email, app.invoices_of_account, app.invoices_issued, app.lines_of_invoice;

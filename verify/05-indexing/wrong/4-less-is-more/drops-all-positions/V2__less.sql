drop index app.accounts_email;
drop index app.invoices_of_account;
drop index app.invoices_issued;
drop index app.lines_positions;
alter table app.lines drop constraint lines_invoice_id_position_key;

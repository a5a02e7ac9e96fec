drop index app.accounts_email;
drop index app.invoices_of_account;
drop index app.invoices_issued;
drop index app.lines_of_invoice;
-- Two unique indexes for the same rule. The one that stays can be the primary key that lines never had.
alter table app.lines drop constraint lines_invoice_id_position_key;
alter table app.lines add primary key using index lines_positions;

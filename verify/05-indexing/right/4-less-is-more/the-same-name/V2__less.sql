drop index app.accounts_email, app.invoices_of_account, app.invoices_issued, app.lines_of_invoice;

-- Of the two on (invoice_id, position) the constraint's own goes; the other one becomes the constraint's.
alter table app.lines drop constraint lines_invoice_id_position_key;
alter table app.lines add constraint lines_invoice_id_position_key unique using index lines_positions;

drop index app.accounts_email;        -- accounts_email_key
drop index app.invoices_of_account;   -- invoices_account_id_number_key
drop index app.invoices_issued;       -- invoices_issued_by
drop index app.lines_of_invoice;      -- lines_positions

-- Two unique indexes for one rule: the constraint keeps the one with the better name.
alter table app.lines drop constraint lines_invoice_id_position_key;
alter table app.lines add constraint lines_positions unique using index lines_positions;

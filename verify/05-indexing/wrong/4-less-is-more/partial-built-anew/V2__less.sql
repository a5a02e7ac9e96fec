drop index app.accounts_email;
drop index app.invoices_of_account;
drop index app.invoices_issued;
drop index app.lines_of_invoice;
drop index app.lines_positions;
-- It is small, and may have grown untidy.
drop index app.invoices_unpaid;
create index invoices_unpaid on app.invoices (issued) where not paid;

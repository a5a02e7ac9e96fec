drop index app.accounts_email;
drop index app.invoices_of_account;
drop index app.invoices_issued;
drop index app.lines_of_invoice;
drop index app.lines_positions;
reindex table app.invoices;

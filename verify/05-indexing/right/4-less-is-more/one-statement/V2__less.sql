drop index app.accounts_email, app.invoices_of_account, app.invoices_issued, app.lines_of_invoice, app.lines_positions;

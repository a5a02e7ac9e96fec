-- Two locks: a short one to want it of new rows, a weak one to look at the old ones.
set lock_timeout = '100ms';
alter table billing.invoices add constraint invoices_due_on check (due_on is not null) not valid;
alter table billing.invoices validate constraint invoices_due_on;
reset lock_timeout;

-- The next version of the service wants to know when an invoice is due. Who cannot have the lock soon does not stand in
-- the way of others either: it fails, and is tried again (lesson 03).
set local lock_timeout = '100ms';
alter table billing.invoices add column due_on date;                                 -- nothing is rewritten
alter table billing.invoices alter column due_on set default current_date + 14;      -- for what the old version writes

alter table billing.invoices add constraint never_too_much check (open >= 0);

-- A key, the payment that it stands for, and the answer: written in the transaction that pays.
create table billing.answers (
  key     text primary key,
  payment text not null,
  answer  text
);

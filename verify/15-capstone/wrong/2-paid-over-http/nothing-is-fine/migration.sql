-- A key, the payment that it stands for, and the answer: written in the transaction that pays.
create table billing.answers (
  key     text primary key,
  payment text not null,
  answer  text
);

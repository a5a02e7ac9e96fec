-- The column comes before the payments, as V1 has it now.
drop table app.payments;
alter table app.accounts add column currency text not null default 'EUR';
create table app.payments (
  id           bigint generated always as identity primary key,
  from_account bigint not null references app.accounts,
  to_account   bigint not null references app.accounts,
  cents        bigint not null check (cents > 0)
);

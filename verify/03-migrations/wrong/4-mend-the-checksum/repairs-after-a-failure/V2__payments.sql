create table app.payments (
  id           bigint generated always as identity primary key,
  from_account bigint not null references app.accounts,
  to_account   bigint not null references app.accounts,
  cents        bigint not null check (cents > 0)
);

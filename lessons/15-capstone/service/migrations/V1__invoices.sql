-- Invoices of many tenants, and what was paid. The owner runs this; the service connects as ${app}.
set local lock_timeout = '2s';
grant usage on schema billing to ${app};

-- Who asks; NULL where nobody has said so, which is no row for a policy (lesson 11).
create function billing.tenant() returns uuid stable parallel safe language sql
  return nullif(current_setting('billing.tenant', true), '')::uuid;

-- tag::invoices[]
create table billing.invoices (
  id          uuid primary key,                 -- of the service: the sealed iban is bound to it
  tenant      uuid not null default billing.tenant(),
  customer    text not null check (length(customer) between 1 and 200),
  amount      numeric(12, 2) not null check (amount > 0),
  paid        numeric(12, 2) not null default 0 check (paid between 0 and amount),
  iban_sealed bytea not null check (octet_length(iban_sealed) between 30 and 100),
  iban_end    text not null check (length(iban_end) = 4),
  created_at  timestamptz not null default clock_timestamp(),
  unique (tenant, id)                           -- for those who refer to it
);
create index invoices_page on billing.invoices (tenant, created_at desc, id desc);

create table billing.payments (
  id      bigint generated always as identity primary key,
  tenant  uuid not null default billing.tenant(),
  invoice uuid not null,
  amount  numeric(12, 2) not null check (amount > 0),
  paid_at timestamptz not null default clock_timestamp(),
  foreign key (tenant, invoice) references billing.invoices (tenant, id) -- a foreign key looks past policies
);
create index payments_invoice on billing.payments (tenant, invoice);
-- end::invoices[]

-- tag::requests[]
create table billing.requests (                 -- what was answered, so that it is not done twice
  tenant uuid not null default billing.tenant(),
  key    text not null check (length(key) between 1 and 100),
  body   bytea not null,                        -- the SHA-256 of what was asked
  status int not null default 0,
  answer text not null default '',
  at     timestamptz not null default clock_timestamp(),
  primary key (tenant, key)
);
-- end::requests[]
grant select, insert on billing.invoices, billing.payments, billing.requests to ${app};
grant update (paid) on billing.invoices to ${app};
grant update (status, answer) on billing.requests to ${app};

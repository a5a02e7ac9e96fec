create table notes (
    id     bigint generated always as identity primary key,
    tenant text not null default current_setting('app.tenant'),
    body   text not null
);
insert into notes (tenant, body)
values ('alice', 'buy a rabbit'), ('alice', 'cancel the hat'), ('bob', 'call alice'), ('o''brien', 'mind the quote');

alter table notes enable row level security;
create policy own_notes on notes using (tenant = nullif(current_setting('app.tenant', true), ''));

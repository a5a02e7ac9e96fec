create table plans (name text primary key);
insert into plans values ('free'), ('team');

create table accounts (
    id     bigint generated always as identity primary key,
    email  text not null constraint one_account_per_email unique
                         constraint email_has_an_at check (email like '%@%'),
    handle text not null constraint one_account_per_handle unique,
    plan   text not null constraint plan_exists references plans
);
insert into accounts (email, handle, plan) values ('ann@example.org', 'ann', 'free');

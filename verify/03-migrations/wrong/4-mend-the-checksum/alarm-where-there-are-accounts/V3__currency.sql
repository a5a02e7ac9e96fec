-- V1 is again what it was when it ran, to the letter. The change gets a number of its own and runs everywhere.
set local lock_timeout = '2s';
alter table app.accounts add column currency text not null default 'EUR';

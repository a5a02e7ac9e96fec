-- Sealed and indexed by the application: the database sees neither the number nor a key. One byte says which key, 12 are
-- the nonce, 16 the tag. The index is an HMAC of the digits, so that a number is found, and there once.
set local lock_timeout = '2s';
alter table app.profiles
  add column ssn_sealed bytea check (octet_length(ssn_sealed) between 30 and 100),
  add column ssn_index  bytea unique check (octet_length(ssn_index) = 32),
  add constraint profiles_ssn_whole check ((ssn_sealed is null) = (ssn_index is null));

-- For the purge of users who are gone for long. No soft delete was HOT before either: users_email_live
-- names deleted_at in its predicate.
create index users_deleted on app.users (deleted_at) where deleted_at is not null;

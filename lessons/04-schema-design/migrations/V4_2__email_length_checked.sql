alter table app.users validate constraint users_email_length;

-- A fifth of a million rows is a long time to wait. Vacuum, and look at the statistics, after 2 % have changed.
set local lock_timeout = '2s';
alter table app.posts set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

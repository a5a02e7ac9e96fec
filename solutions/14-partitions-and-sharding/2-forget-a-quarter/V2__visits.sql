-- An ordinary table first: attaching it takes a lock that neither readers nor writers conflict with.
-- Its primary key and its index come with the attachment.
create table app.visits_2026_q1 (like app.visits);
alter table app.visits attach partition app.visits_2026_q1
  for values from ('2026-01-01') to ('2026-04-01');

-- Waits for transactions that have used the table, and lets everybody else go on meanwhile.
alter table app.visits detach partition app.visits_2025_q1 concurrently;

-- Nobody looks at it any more.
drop table app.visits_2025_q1;

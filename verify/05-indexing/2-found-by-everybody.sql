create schema app;
grant usage on schema app to course_app;
create table app.articles (id int primary key, title text not null, body text);
insert into app.articles
select n, 'Notes on gardens ' || n, case when n % 2 = 0 then 'A quiet river and a noisy road' end from generate_series(1, 20000) n;
insert into app.articles values
  (30001, 'On feet', 'She runs before breakfast'), (30002, 'Running a marathon', null), (30003, 'Running shoes', 'For a marathon'),
  (30004, 'The river is quiet', null), (30005, 'Teapots', 'A lid, a spout'), (30006, 'Spouts', null);
grant select, insert, update, delete on app.articles to course_app;

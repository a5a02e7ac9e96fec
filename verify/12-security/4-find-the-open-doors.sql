create schema app;
grant usage on schema app to course_app;
create schema shared;
create schema "Odd name";
create schema pgboss;
create schema information_schema_notes;
grant create on schema pgboss, information_schema_notes to public;
grant create on schema shared to course_app;
grant create on schema "Odd name" to public;

create table app.sales (id int primary key, city text, secret text);
create table app.notes (id int primary key, body text);
create table app.closed (id int primary key);
create table app.granted (id int primary key);
create table shared.lists (id int primary key);
create table pgboss.job (id int primary key);
grant select on pgboss.job to public;
create function pgboss.fetch() returns int language sql security definer as 'select 1';
create view app.cities as select distinct city from app.sales;
create materialized view app.counts as select count(*) from app.sales;
create table app.parted (id int) partition by range (id);
create sequence app.numbers;
grant select on app.sales to public;
grant insert, update on app.sales to public;
grant select (body) on app.notes to public;
grant select on app.cities to public;
grant references on app.parted to public;
grant select on app.counts to public;
grant all on app.closed to course_app;
grant select (id) on app.granted to course_app;

create function app.plain() returns int language sql as 'select 1';
create function app.open_definer() returns int language sql security definer set search_path = pg_catalog, pg_temp as 'select 1';
create function app.without_a_path(a int, b text) returns int language sql security definer as 'select 1';
create function app.other_setting() returns int language sql security definer set work_mem = '4MB' as 'select 1';
create procedure app.open_procedure() language sql security definer set search_path = pg_catalog, pg_temp as 'select 1';
create function app.sound() returns int language sql security definer set work_mem = '4MB' set search_path = pg_catalog, pg_temp as 'select 1';
create function app.both(text) returns int language sql security definer as 'select 1';
create function app.quoted_path() returns int language sql security definer set "search_path" = app as 'select 1';
revoke execute on function app.without_a_path, app.other_setting, app.sound, app.quoted_path from public;
grant execute on function app.sound to course_app;

-- What belongs to an extension is for its makers to mend.
create extension pgcrypto schema shared;
create function shared.of_an_extension() returns int language sql security definer as 'select 1';
create table shared.table_of_an_extension (id int);
grant select on shared.table_of_an_extension to public;
alter extension pgcrypto add function shared.of_an_extension();
alter extension pgcrypto add table shared.table_of_an_extension;

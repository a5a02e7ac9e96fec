-- Ten jobs are not many.
select 1;

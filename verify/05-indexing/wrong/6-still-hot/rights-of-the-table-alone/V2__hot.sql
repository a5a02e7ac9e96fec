drop index app.pages_popular;
lock table app.pages in access exclusive mode;

create table app.pages_new (like app.pages including all) with (fillfactor = 80);
insert into app.pages_new select * from app.pages order by id;

-- The same rights for the same people.
do $$
declare
  r record;
begin
  for r in
    select a.privilege_type, a.is_grantable,
      case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end as grantee
    from pg_class c
    cross join lateral aclexplode(c.relacl) a
    where c.oid = 'app.pages'::regclass
  loop
    execute format('grant %s on app.pages_new to %s%s', r.privilege_type, r.grantee,
      case when r.is_grantable then ' with grant option' else '' end);
  end loop;
end $$;

drop table app.pages;
alter table app.pages_new rename to pages;
alter index app.pages_new_pkey rename to pages_pkey;
alter index app.pages_new_slug_key rename to pages_slug_key;
alter index app.pages_new_section_title_idx rename to pages_of_section;
analyze app.pages;

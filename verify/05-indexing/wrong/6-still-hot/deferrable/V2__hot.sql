-- An index on hits, partial or not, ends HOT. A report once a day can read the table.
drop index app.pages_popular;

-- Room for the new versions, on each page. Without the rewrite the pages of today would be as full as they are.
alter table app.pages set (fillfactor = 80);
cluster app.pages using pages_pkey;

alter table app.pages drop constraint pages_slug_key, add constraint pages_slug_key unique (slug) deferrable;

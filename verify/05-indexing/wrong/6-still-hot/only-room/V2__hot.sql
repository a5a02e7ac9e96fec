alter table app.pages set (fillfactor = 80);
cluster app.pages using pages_pkey;

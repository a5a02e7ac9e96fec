create index views_of_page on app.views (page_id, day);

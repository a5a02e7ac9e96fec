drop index app.lines_of_product;

update app.accounts set currency = default where currency is null;

///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.sql;
import static script.Script.*;

/** Indexing: pages instead of opinions. Each index is judged by the pages that a query reads, and by what it costs. */
void main(String... args) throws Exception {
    begin("05-indexing", args);

    step("ten-posts");                                           // tag::ten-posts[]
    var author = value(UUID.class, "select id from app.users where email = 'user1@example.com'");
    var latest = "select title from app.posts where author_id = '" + author + "' "
        + "order by created_at desc limit 10";

    var without = planAfter("drop index app.posts_author_date", latest);     // and rolled back
    show(without);
    var with = plan(latest);
    show(with);
    show(compare("ten posts of user 1", "pages", figures("no index", buffers(without),
        "with the index", buffers(with)), "a page is 8 kB, wherever you measure"));
    // end::ten-posts[]
    expect("hundreds of times fewer pages", (double) buffers(without) / buffers(with), r -> r > 300);
    expect("the index gives the order as well", false, has(with, "Sort"));

    step("equality-first");                                      // tag::equality-first[]
    var june = "select title from app.posts where author_id = '" + author + "' "
        + "and created_at >= '2025-06-01' and created_at < '2025-07-01'";
    execute(owner(), "create schema lab; grant usage on schema lab to course_app; "
        + "alter default privileges in schema lab grant all on tables to course_app; "
        + "create index posts_date_author on app.posts (created_at, author_id)");
    // Only the columns of the index are asked for, so that only pages of the index are counted.
    var inIndex = june.replace("title", "created_at");
    var dateFirst = planAfter("drop index app.posts_author_date", inIndex);
    var authorFirst = planAfter("drop index app.posts_date_author", inIndex);
    show(dateFirst);
    show(authorFirst);
    execute(owner(), "drop index app.posts_date_author");
    // end::equality-first[]
    expect("the same rows, ten times fewer pages of the index at least",
        (double) buffers(dateFirst) / buffers(authorFirst), ratio -> ratio > 10);

    step("both-directions");                                     // tag::both-directions[]
    record Order(String order_by, String first_node, String sort, long pages) { }
    var orders = new ArrayList<Order>();
    for (var order : List.of(
            "author_id, created_at desc",
            "author_id desc, created_at",
            "author_id, created_at",
            "created_at desc, author_id")) {
        var plan = plan("select author_id, created_at from app.posts order by " + order
            + " limit 10");
        orders.add(new Order(order, nodes(plan).getLast().type(),
            has(plan, "Incremental Sort") ? "incremental"
                : has(plan, "Sort") ? "all rows" : "none",
            buffers(plan)));
    }
    show(orders);
    show(plan("select author_id, created_at from app.posts "
        + "order by author_id, created_at limit 10"));
    // end::both-directions[]
    expect("forward, backward, group by group, not at all",
        List.of("none", "none", "incremental", "all rows"),
        orders.stream().map(Order::sort).toList());

    step("pending-and-done");                                    // tag::pending-and-done[]
    execute(owner(), """
        create table lab.jobs (
          id         bigint generated always as identity primary key,
          status     text not null,
          created_at timestamptz not null,
          payload    text not null
        );
        insert into lab.jobs (status, created_at, payload)
        select case when n % 200 = 0 then 'pending' else 'done' end,
               timestamptz '2025-01-01' + n * interval '1 second', repeat('x', 60)
        from generate_series(1, 200000) n;
        create index jobs_status on lab.jobs (status)
        """);
    execute(owner(), "vacuum analyze lab.jobs");
    var pending = "select * from lab.jobs where status = 'pending'";
    show(plan(pending));
    show(plan("select * from lab.jobs where status = 'done'"));

    var next = pending + " order by created_at limit 10";
    var sorted = plan(next);
    show(sorted);
    execute(owner(),
        "create index jobs_pending on lab.jobs (created_at) where status = 'pending'");
    var partial = plan(next);
    show(partial);
    show(compare("size of the index", "kB", figures("(status)", kilobytes("lab.jobs_status"),
        "(created_at) where pending", kilobytes("lab.jobs_pending")), "one row in 200 is in it"));
    // end::pending-and-done[]
    expect("an index for the one", "Seq Scan", deepest("select * from lab.jobs where status = 'done'"));
    expect("and not for the other", deepest(pending), type -> !type.equals("Seq Scan"));
    expect("the partial index reads few pages", buffers(partial), n -> n <= 20);
    expect("the full one reads all that is pending", buffers(sorted), n -> n > 500);
    expect("and is ten times as big at least", (double) kilobytes("lab.jobs_status")
        / kilobytes("lab.jobs_pending"), ratio -> ratio > 10);

    step("is-it-implied");                                       // tag::is-it-implied[]
    execute(owner(), "drop index lab.jobs_status");
    record Implied(String condition, String node) { }
    var implied = new ArrayList<Implied>();
    for (var condition : List.of("status = 'pending'", "status in ('pending')",
            "status in ('pending', 'failed')", "status <> 'done'", "true")) {
        implied.add(new Implied(condition, deepest("select * from lab.jobs where " + condition
            + " and created_at < '2025-01-01 01:00'")));
    }
    show(implied);

    try (var connection = app().connect(); var statement = connection.createStatement()) {
        statement.execute("prepare next (text) as select * from lab.jobs "
            + "where status = $1 order by created_at limit 10");
        for (int i = 0; i < 10; i++) {
            statement.execute("execute next ('pending')");
        }
        show(plan(connection, "execute next ('pending')"));
        statement.execute("set plan_cache_mode = force_generic_plan");
        show(plan(connection, "execute next ('pending')"));
    }
    // end::is-it-implied[]
    expect("only what implies the predicate", 2L,
        implied.stream().filter(i -> !i.node().equals("Seq Scan")).count());

    step("skip-scan");                                           // tag::skip-scan[]
    execute(owner(), "create index jobs_status_date on lab.jobs (status, created_at); "
        + "create index jobs_id_date on lab.jobs (id, created_at); analyze lab.jobs");
    var minute = "select id from lab.jobs "
        + "where created_at between '2025-01-02 00:00' and '2025-01-02 00:01'";
    var fewValues = planAfter("drop index lab.jobs_id_date", minute);
    var manyValues = planAfter("drop index lab.jobs_status_date", minute);
    show(fewValues);
    show(manyValues);
    execute(owner(), "drop index lab.jobs_status_date, lab.jobs_id_date");
    // end::skip-scan[]
    if (since(18, "skip scan")) {
        expect("few leading values are skipped", buffers(fewValues), n -> n < 50);
        expect("many are not", (double) buffers(manyValues) / buffers(fewValues), ratio -> ratio > 10);
    }

    step("the-expression");                                      // tag::the-expression[]
    record LoginPlan(String condition, String node, long pages) { }
    var logins = new ArrayList<LoginPlan>();
    for (var condition : List.of(
            "email = 'user7@example.com'",
            "email ilike 'USER7@example.com'",
            "lower(email) = lower('USER7@example.com')",
            "lower(email) = lower('USER7@example.com') and deleted_at is null")) {
        var plan = plan("select id from app.users where " + condition);
        logins.add(new LoginPlan(condition, nodes(plan).getLast().type(), buffers(plan)));
    }
    show(logins);

    execute(owner(), "create table lab.people as select email, role from app.users; "
        + "analyze lab.people");
    var shout = "select * from lab.people where upper(role) = 'ADMIN'";
    show(plan(shout));
    execute(owner(), "create index people_shout on lab.people (upper(role)); analyze lab.people");
    show(plan(shout));
    // end::the-expression[]
    expect("only the last one is the index", List.of("Seq Scan", "Seq Scan", "Seq Scan", "Index Scan"),
        logins.stream().map(LoginPlan::node).toList());
    expect("an index on an expression has statistics of its own", plan(shout).root().planned(),
        planned -> planned < 100);

    step("like");                                                // tag::like[]
    execute(owner(), """
        create extension pg_trgm schema lab;
        create table lab.titles as
          select title collate "und-x-icu" as title from app.posts order by id limit 50000;
        """);
    execute(owner(), "vacuum analyze lab.titles");
    record Pattern(String pattern, String plain, String text_pattern_ops, String trigrams) { }
    var patterns = new ArrayList<Pattern>();
    for (var pattern : List.of("like 'Sampling young%'", "ilike 'sampling young%'",
            "like '%Timbuktu%'", "ilike '%timbuk%'", "ilike '%in%'")) {
        var titles = "select title from lab.titles where title " + pattern;
        patterns.add(new Pattern(pattern,
            deepestAfter("create index on lab.titles (title)", titles),
            deepestAfter("create index on lab.titles (title text_pattern_ops)", titles), "?"));
    }
    execute(owner(), "create index titles_trgm on lab.titles using gin (title lab.gin_trgm_ops)");
    patterns.replaceAll(p -> new Pattern(p.pattern(), p.plain(), p.text_pattern_ops(),
        deepest("select title from lab.titles where title " + p.pattern())));
    show(patterns);
    show(compare("size", "kB", figures("the table", kilobytes("lab.titles"), "its trigrams",
        kilobytes("lab.titles_trgm")), "three letters at a time, every title"));
    // end::like[]
    expect("in a language's order not even a prefix is found", true,
        patterns.stream().allMatch(p -> !p.plain().contains("Index Cond")
            && p.plain().equals("Seq Scan")));
    expect("text_pattern_ops is for prefixes", List.of("like 'Sampling young%'"), patterns.stream()
        .filter(p -> !p.text_pattern_ops().equals("Seq Scan")).map(Pattern::pattern).toList());
    expect("trigrams need three letters", List.of("ilike '%in%'"), patterns.stream()
        .filter(p -> p.trigrams().equals("Seq Scan")).map(Pattern::pattern).toList());

    step("never-found");                                         // tag::never-found[]
    execute(owner(), """
        create table lab.articles (id int primary key, title text not null, body text);
        insert into lab.articles
        select n, 'Notes on gardens ' || n, case when n % 2 = 0 then 'A quiet river' end
        from generate_series(1, 20000) n;
        insert into lab.articles values
          (20001, 'Running a marathon', null),
          (20002, 'Shoes', 'What a runner needs before she runs, and after running'),
          (20003, 'C++ for gardeners', null);
        create index articles_text on lab.articles
          using gin (to_tsvector('english', title || ' ' || body));
        """);
    execute(owner(), "vacuum analyze lab.articles");
    record Spelling(String search, long found, String node) { }
    var spellings = new ArrayList<Spelling>();
    for (var words : List.of(
            "to_tsvector('english', title || ' ' || body)",
            "to_tsvector('english', title || ' ' || coalesce(body, ''))",
            "to_tsvector(title || ' ' || body)")) {
        var where = " from lab.articles where " + words + " @@ to_tsquery('english', 'running')";
        spellings.add(new Spelling(words, value(Long.class, "select count(*)" + where),
            deepest("select id" + where)));
    }
    show(spellings);
    show(fails(() -> execute(owner(), "create index on lab.articles "
        + "using gin (to_tsvector(title || ' ' || coalesce(body, '')))")));
    // end::never-found[]
    expect("the indexed spelling misses the article without a body", List.of(1L, 2L, 1L),
        spellings.stream().map(Spelling::found).toList());
    expect("any other spelling reads the table",
        List.of("Bitmap Index Scan", "Seq Scan", "Seq Scan"),
        spellings.stream().map(Spelling::node).toList());

    step("found");                                               // tag::found[]
    execute(owner(), """
        alter table lab.articles add column tsv tsvector generated always as (
          setweight(to_tsvector('english', title), 'A')
          || setweight(to_tsvector('english', coalesce(body, '')), 'B')) stored;
        create index articles_tsv on lab.articles using gin (tsv)
        """);
    execute(owner(), "vacuum analyze lab.articles");
    record Typed(String typed, String to_tsquery, String websearch, long found) { }
    var typed = new ArrayList<Typed>();
    for (var text : List.of("running", "\"c++ (", "running shoes", "running -shoes",
            "marathon or shoes", "\"quiet river\"", "the")) {
        typed.add(new Typed(text, orState("select to_tsquery('english', ?)::text", text),
            value(String.class, "select websearch_to_tsquery('english', ?)::text", text),
            value(Long.class, "select count(*) from lab.articles "
                + "where tsv @@ websearch_to_tsquery('english', ?)", text)));
    }
    show(typed);
    show(plan("select title, ts_rank(tsv, q) from lab.articles, "
        + "websearch_to_tsquery('english', 'running') q where tsv @@ q order by 2 desc"));

    var best = "select id from lab.articles where tsv @@ to_tsquery('english', 'river') "
        + "order by ts_rank(%s, to_tsquery('english', 'river')) desc limit 10";
    var computed = median(3, () -> query(best.formatted(
        "to_tsvector('english', title || ' ' || coalesce(body, ''))")));
    var stored = median(3, () -> query(best.formatted("tsv")));
    show(compare("ranked by an expression", computed, "ranked by the column", stored));

    show(fails(() -> execute(app(), "update lab.articles set tsv = '' where id = 1")));
    if (since(18, "a virtual column")) {
        show(fails(() -> execute(owner(), "alter table lab.articles add column lazy tsvector "
            + "generated always as (to_tsvector('english', title)); "
            + "create index on lab.articles using gin (lazy)")));
    }
    // end::found[]
    expect("with and without a body", 2L, typed.getFirst().found());
    expect("whatever a person types is a question", "42601", typed.get(1).to_tsquery());
    expect("a rank that is computed again for each row", computed / stored, ratio -> ratio > 1.5);

    step("covering");                                            // tag::covering[]
    execute(owner(), """
        create table lab.ratings (id int primary key, post int, stars int, note text)
          with (autovacuum_enabled = off);
        insert into lab.ratings
        select n, n % 1000, n % 5 + 1, repeat('x', 100) from generate_series(1, 100000) n;
        create index ratings_post on lab.ratings (post);
        """);
    execute(owner(), "vacuum analyze lab.ratings");
    var stars = "select avg(stars) from lab.ratings where post = 7";
    var visiting = plan(stars);
    show(visiting);
    execute(owner(), "create index ratings_stars on lab.ratings (post) include (stars)");
    var covered = plan(stars);
    show(covered);
    execute(app(), "update lab.ratings set note = 'edited' where post between 0 and 20");
    show(plan(stars));
    execute(owner(), "vacuum lab.ratings");
    show(plan(stars));
    // end::covering[]
    expect("one page for each row, or none", (double) buffers(visiting) / buffers(covered), r -> r > 10);
    expect("after the vacuum nothing is looked up", nodes(plan(stars)).getLast().detail(),
        detail -> detail.contains("heap fetches 0"));

    step("brin");                                                // tag::brin[]
    var day = "select count(*) from app.posts "
        + "where created_at >= '2025-06-01' and created_at < '2025-06-02'";
    var oneAuthor = "select count(*) from app.posts where author_id = '" + author + "'";
    var noIndex = plan(day);
    show(noIndex);
    execute(owner(), "create index posts_brin on app.posts using brin (created_at)");
    var summary = plan(day);
    show(summary);
    show(compare("size of the index", "kB", figures("B-tree (author_id, created_at)",
        kilobytes("app.posts_author_date"), "BRIN (created_at)", kilobytes("app.posts_brin")),
        "one entry for 128 pages"));
    show(query("select attname, round(correlation::numeric, 2) as correlation from pg_stats "
        + "where schemaname = 'app' and tablename = 'posts' "
        + "and attname in ('created_at', 'author_id')"));
    execute(owner(), "drop index app.posts_brin");
    show(planAfter("drop index app.posts_author_date; "
        + "create index on app.posts using brin (author_id)", oneAuthor));
    // end::brin[]
    expect("a fraction of the pages", (double) buffers(noIndex) / buffers(summary), r -> r > 10);

    step("price-of-writing");                                    // tag::price-of-writing[]
    var wal = new ArrayList<Double>();
    for (int indexes = 0; indexes <= 5; indexes++) {
        execute(owner(), "drop table if exists lab.written; create table lab.written "
            + "(id bigint, a int, b int, c int, d int, e int)");
        for (var column : List.of("a", "b", "c", "d", "e").subList(0, indexes)) {
            execute(owner(), "create index on lab.written (" + column + ")");
        }
        var start = value(String.class, "select pg_current_wal_insert_lsn()::text");
        execute(app(), """
            insert into lab.written
            select n, hashint8(n), hashint8(n + 1), hashint8(n + 2),
                   hashint8(n + 3), hashint8(n + 4)
            from generate_series(1, 30000) n""");
        wal.add(value(Double.class, "select pg_wal_lsn_diff("
            + "pg_current_wal_insert_lsn(), ?::text::pg_lsn)::float8 / 1048576", start));
    }
    show(chart("WAL of one insert of 30 000 rows", "MB", List.of(0, 1, 2, 3, 4, 5),
        Map.of("indexes", wal)));
    // end::price-of-writing[]
    expect("five indexes write three times as much at least", wal.get(5) / wal.get(0), r -> r > 3);

    step("hot");                                                 // tag::hot[]
    record Hot(String index, long updates, long hot, long wal_kb, long indexes_kb) { }
    var hots = new ArrayList<Hot>();
    for (var index : List.of("none", "using btree (hits)", "using brin (hits)")) {
        execute(owner(), """
            drop table if exists lab.counters;
            create table lab.counters (id int primary key, hits int not null, name text)
              with (fillfactor = 85, autovacuum_enabled = off);
            insert into lab.counters select n, 0, 'page ' || n from generate_series(1, 20000) n;
            """ + (index.equals("none") ? "" : "create index on lab.counters " + index));
        var start = value(String.class, "select pg_current_wal_insert_lsn()::text");
        for (int i = 0; i < 20; i++) {                       // one row in twenty each time
            execute(app(), "update lab.counters set hits = hits + 1 where id % 20 = " + i
                + "; select pg_stat_force_next_flush()");
        }
        var written = value(Long.class, "select (pg_wal_lsn_diff("
            + "pg_current_wal_insert_lsn(), ?::text::pg_lsn) / 1024)::int8", start);
        var counted = "from pg_stat_user_tables where relid = 'lab.counters'::regclass";
        hots.add(new Hot(index, value(Long.class, "select n_tup_upd " + counted),
            value(Long.class, "select n_tup_hot_upd " + counted), written,
            value(Long.class, "select pg_indexes_size('lab.counters') / 1024")));
    }
    show(hots);
    // end::hot[]
    expect("without an index on it, nearly all updates are HOT", hots.get(0).hot(), n -> n > 19000);
    expect("with a B-tree on it, none", 0L, hots.get(1).hot());
    expect("and more WAL", (double) hots.get(1).wal_kb() / hots.get(0).wal_kb(), r -> r > 1.5);
    if (version() >= 16) {
        expect("a BRIN does not mind", hots.get(2).hot(), n -> n > 19000);
    }

    step("who-needs-it");                                        // tag::who-needs-it[]
    execute(owner(), """
        create table lab.members (
          id int primary key, email text not null unique, team int not null, joined date not null
        );
        insert into lab.members select n, 'user' || n, n % 10, date '2025-01-01' + n
        from generate_series(1, 900) n;
        create index members_email on lab.members (email);    -- unique has one already
        create index members_team on lab.members (team);      -- the next one begins with it
        create index members_team_joined on lab.members (team, joined);
        create index members_joined on lab.members (joined)   -- nobody asks
        """);
    show(fails(() -> execute(owner(),                            // a build that breaks off
        "create unique index concurrently members_one_per_team on lab.members (team)")));
    execute(owner(), "vacuum analyze lab.members");
    show(plan("select * from lab.members where id = 7"));        // 900 rows: too small?
    execute(app(), "select * from lab.members where email = 'user7'; "
        + "select * from lab.members where team = 7 order by joined desc limit 3; "
        + "select pg_stat_force_next_flush()");

    show(query("""
        select s.indexrelname as index, s.idx_scan as scans, i.indisunique as guards,
               i.indisvalid as valid, (
                 select min(o.indexrelid::regclass::text) from pg_index o
                 where o.indrelid = i.indrelid and o.indexrelid <> i.indexrelid and o.indisvalid
                   and not i.indisunique
                   and o.indkey::text || ' ' like i.indkey::text || ' %'  -- begins with them
                   and o.indclass::text || ' ' like i.indclass::text || ' %'
                   and o.indpred is null and i.indpred is null
                   and o.indexprs is null and i.indexprs is null) as another_does_it
        from pg_stat_user_indexes s join pg_index i using (indexrelid)
        where s.relid = 'lab.members'::regclass order by 1"""));
    // end::who-needs-it[]
    expect("even a small table is asked by its index", "Index Scan",
        deepest("select * from lab.members where id = 7"));

    step("what-stays");                                          // tag::what-stays[]
    execute(owner(), "drop schema lab cascade");
    show(migrate());
    var timbuktu = plan("select title, created_at from app.posts "
        + "where app.words(title, body) @@ websearch_to_tsquery('english', ?)", "timbuktu");
    show(timbuktu);
    // end::what-stays[]
    expect("twenty rows of a million", true, timbuktu.root().actual() == 20 && buffers(timbuktu) < 100);
}

/** The node that reads the table or the index. */
String deepest(String sql) {
    try {
        return nodes(plan(sql)).getLast().type();
    } catch (SQLException e) {
        throw new IllegalStateException(e);
    }
}

/** The same after statements that are rolled back. */
String deepestAfter(String statements, String sql) throws SQLException {
    return nodes(planAfter(statements, sql)).getLast().type();
}

/** Two figures in the order in which they are to be drawn. */
Map<String, Long> figures(String a, long first, String b, long second) {
    var figures = new LinkedHashMap<String, Long>();
    figures.put(a, first);
    figures.put(b, second);
    return figures;
}

/** What a query answers, or its SQLSTATE. */
String orState(String sql, Object parameter) {
    try {
        return value(String.class, sql, parameter);
    } catch (SQLException e) {
        return e.getSQLState();
    }
}

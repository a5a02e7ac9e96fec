///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.sql;
import kernel.output.Output;
import static script.Script.*;

/** Indexing: pages instead of opinions. Each index is judged by the pages that a query reads, and by what it costs. */
void main(String... args) throws Exception {
    begin("05-indexing", args);
    var byUser1 = "where author_id = '01856aa1-f0d1-756d-a59b-9a4556283bc0'";
    execute(owner(), "alter table app.posts set (autovacuum_enabled = off); "
        + "alter table app.users set (autovacuum_enabled = off)");

    sql("ten-posts", owner(), """
        -- tag::ten-posts[]
        begin;
        drop index app.posts_author_date;                                  -- until the rollback
        explain (analyze, buffers)
        select title from app.posts
        where author_id = '01856aa1-f0d1-756d-a59b-9a4556283bc0'           -- user 1
        order by created_at desc limit 10;  -- without the index
        rollback;

        explain (analyze, buffers)
        select title from app.posts
        where author_id = '01856aa1-f0d1-756d-a59b-9a4556283bc0'
        order by created_at desc limit 10;  -- with the index
        -- end::ten-posts[]
        """);
    var latest = "select title from app.posts " + byUser1 + " order by created_at desc limit 10";
    var with = plan(latest);
    expect("times fewer pages with the index, wanted over 300",
        (double) buffers(planAfter("drop index app.posts_author_date", latest)) / buffers(with), r -> r > 300);
    expect("no node sorts: the index gives the order as well", List.of("Limit", "Index Scan"), types(with));

    sql("equality-first", owner(), """
        -- tag::equality-first[]
        begin;
        create index posts_date_author on app.posts (created_at, author_id);
        drop index app.posts_author_date;
        explain (analyze, buffers)
        select created_at from app.posts     -- in the index too, so only pages of the index are counted
        where author_id = '01856aa1-f0d1-756d-a59b-9a4556283bc0'
          and created_at >= '2025-06-01'
          and created_at < '2025-07-01';  -- the date first
        rollback;

        explain (analyze, buffers)
        select created_at from app.posts
        where author_id = '01856aa1-f0d1-756d-a59b-9a4556283bc0'
          and created_at >= '2025-06-01'
          and created_at < '2025-07-01';  -- the author first
        -- end::equality-first[]
        """);
    var june = "select created_at from app.posts " + byUser1
        + " and created_at >= '2025-06-01' and created_at < '2025-07-01'";
    var dateFirst = planAfter("create index on app.posts (created_at, author_id); "
        + "drop index app.posts_author_date", june);
    expect("times fewer pages of the index with the author first, wanted over 10",
        (double) buffers(dateFirst) / buffers(plan(june)), ratio -> ratio > 10);

    sql("both-directions", """
        -- tag::both-directions[]
        explain (analyze, buffers) select author_id, created_at from app.posts
        order by author_id, created_at desc limit 10;              -- as the index is

        explain (analyze, buffers) select author_id, created_at from app.posts
        order by author_id desc, created_at limit 10;              -- its reverse

        explain (analyze, buffers) select author_id, created_at from app.posts
        order by author_id, created_at limit 10;                   -- the second column turned

        explain (analyze, buffers) select author_id, created_at from app.posts
        order by created_at desc, author_id limit 10;              -- the second column first
        -- end::both-directions[]
        """);
    var sorts = new ArrayList<String>();
    for (var order : List.of("author_id, created_at desc", "author_id desc, created_at",
            "author_id, created_at", "created_at desc, author_id")) {
        var plan = plan("select author_id, created_at from app.posts order by " + order + " limit 10");
        sorts.add(types(plan).stream().filter(type -> type.contains("Sort")).findFirst().orElse("no sort"));
    }
    expect("forward, backward, group by group, everything",
        List.of("no sort", "no sort", "Incremental Sort", "Sort"), sorts);

    sql("pending-and-done", owner(), """
        -- tag::pending-and-done[]
        create schema if not exists lab;
        grant usage on schema lab to course_app;
        alter default privileges in schema lab grant all on tables to course_app;
        drop table if exists lab.jobs;
        create table lab.jobs (
          id         bigint generated always as identity primary key,
          status     text not null,
          created_at timestamptz not null,
          payload    text not null
        ) with (autovacuum_enabled = off);
        insert into lab.jobs (status, created_at, payload)
        select case when n % 200 = 0 then 'pending' else 'done' end,
               timestamptz '2025-01-01' + n * interval '1 second', repeat('x', 60)
        from generate_series(1, 200000) n;
        create index jobs_status on lab.jobs (status);
        analyze lab.jobs;
        explain (analyze, buffers) select * from lab.jobs
        where status = 'pending';      -- one row in 200
        explain (analyze, buffers) select * from lab.jobs
        where status = 'done';         -- the others

        explain (analyze, buffers) select * from lab.jobs
        where status = 'pending'
        order by created_at limit 10;  -- the next ten, with the index on status
        create index jobs_pending on lab.jobs (created_at) where status = 'pending';
        explain (analyze, buffers) select * from lab.jobs
        where status = 'pending'
        order by created_at limit 10;  -- the next ten, with the partial index
        select pg_relation_size('lab.jobs_status') / 1024 as status_kb,
               pg_relation_size('lab.jobs_pending') / 1024 as pending_kb;
        -- end::pending-and-done[]
        """);
    var pending = "select * from lab.jobs where status = 'pending'";
    var next = pending + " order by created_at limit 10";
    expect("no index for what nearly all rows have", "Seq Scan", deepest("select * from lab.jobs where status = 'done'"));
    expect("an index for what few rows have", deepest(pending), type -> !type.equals("Seq Scan"));
    expect("pages by the partial index, wanted 20 at most", buffers(plan(next)), n -> n <= 20);
    expect("pages by the index on the status, wanted over 500",
        buffers(planAfter("drop index lab.jobs_pending", next)), n -> n > 500);
    expect("times as large, the index on the status, wanted over 10",
        (double) kilobytes("lab.jobs_status") / kilobytes("lab.jobs_pending"), ratio -> ratio > 10);

    step("no-longer-pending");                                   // tag::no-longer-pending[]
    execute(owner(), """
        drop table if exists lab.queue;
        create table lab.queue (id int primary key, status text not null)
          with (autovacuum_enabled = off);
        insert into lab.queue select n, 'pending' from generate_series(1, 100000) n;
        create index queue_pending on lab.queue (id) where status = 'pending'
        """);
    vacuum("lab.queue");
    var oldest = "select * from lab.queue where status = 'pending' order by id limit 10";
    var pages = new LinkedHashMap<String, Long>();
    pages.put("all are pending", buffers(plan(oldest)));
    execute(app(), "update lab.queue set status = 'done' where id <= 99990");
    pages.put("ten are left", buffers(plan(oldest)));
    pages.put("asked again", buffers(plan(oldest)));
    vacuum("lab.queue");
    pages.put("after a vacuum", buffers(plan(oldest)));
    show(compare("the ten oldest that are pending", "pages", pages,
        "an update does not take the old entry out"));
    expect("pages when ten are left, wanted over 500", pages.get("ten are left"), n -> n > 500);
    expect("pages after a vacuum, wanted 20 at most", pages.get("after a vacuum"), n -> n <= 20);
    // end::no-longer-pending[]

    step("is-it-implied");                                       // tag::is-it-implied[]
    execute(owner(), "drop index if exists lab.jobs_status");
    record Implied(String condition, String node) { }
    var implied = new ArrayList<Implied>();
    for (var condition : List.of("status = 'pending'", "status in ('pending')",
            "status in ('pending', 'failed')", "status <> 'done'", "true")) {
        implied.add(new Implied(condition, deepest("select * from lab.jobs where " + condition
            + " and created_at < '2025-01-01 01:00'")));
    }
    show(implied);
    expect("conditions that imply the predicate", 2L,
        implied.stream().filter(i -> !i.node().equals("Seq Scan")).count());

    try (var connection = app().connect(); var statement = connection.createStatement()) {
        statement.execute("prepare next (text) as select * from lab.jobs "
            + "where status = $1 order by created_at limit 10");
        for (int i = 0; i < 10; i++) {
            statement.execute("execute next ('pending')");
        }
        show(plan(connection, "execute next ('pending')").titled("planned for the value"));
        statement.execute("set plan_cache_mode = force_generic_plan");
        show(plan(connection, "execute next ('pending')").titled("planned for any value"));
    }
    // end::is-it-implied[]

    sql("skip-scan", owner(), """
        -- tag::skip-scan[]
        begin;
        create index jobs_status_date on lab.jobs (status, created_at);
        explain (analyze, buffers) select id from lab.jobs
        where created_at between '2025-01-02 00:00'
          and '2025-01-02 00:01';  -- 2 values in front
        rollback;

        begin;
        create index jobs_id_date on lab.jobs (id, created_at);
        explain (analyze, buffers) select id from lab.jobs
        where created_at between '2025-01-02 00:00'
          and '2025-01-02 00:01';  -- 200 000 values in front
        rollback;
        -- end::skip-scan[]
        """);
    var minute = "select id from lab.jobs where created_at between '2025-01-02 00:00' and '2025-01-02 00:01'";
    if (since(18, "skip scan")) {
        var few = planAfter("create index on lab.jobs (status, created_at)", minute);
        var many = planAfter("create index on lab.jobs (id, created_at)", minute);
        expect("pages where few leading values are skipped, wanted under 50", buffers(few), n -> n < 50);
        expect("times as many where they are all different, wanted over 10",
            (double) buffers(many) / buffers(few), ratio -> ratio > 10);
    }

    sql("the-expression", owner(), """
        -- tag::the-expression[]
        explain (analyze, buffers) select id from app.users
        where email = 'user7@example.com';  -- the column alone
        explain (analyze, buffers) select id from app.users
        where email ilike 'USER7@example.com';  -- ilike
        explain (analyze, buffers) select id from app.users
        where lower(email) = lower('USER7@example.com');  -- the expression of the index
        explain (analyze, buffers) select id from app.users
        where lower(email) = lower('USER7@example.com')
          and deleted_at is null;  -- with the condition of the index too

        drop table if exists lab.people;
        create table lab.people with (autovacuum_enabled = off) as
          select email, role from app.users;
        alter table lab.people alter role set statistics 1000;  -- reads all rows: the same counts each time
        analyze lab.people;
        explain (analyze, buffers) select * from lab.people
        where upper(role) = 'ADMIN';  -- before there are statistics
        create statistics lab.people_shout on (upper(role)) from lab.people;
        analyze lab.people;
        explain (analyze, buffers) select * from lab.people
        where upper(role) = 'ADMIN';  -- with statistics
        create index people_shout_index on lab.people (upper(role));
        explain (analyze, buffers) select * from lab.people
        where upper(role) = 'ADMIN';  -- with an index
        -- end::the-expression[]
        """);
    expect("only what says what the index says", List.of("Seq Scan", "Seq Scan", "Seq Scan", "Index Scan"), List.of(
        deepest("select id from app.users where email = 'user7@example.com'"),
        deepest("select id from app.users where email ilike 'USER7@example.com'"),
        deepest("select id from app.users where lower(email) = lower('USER7@example.com')"),
        deepest("select id from app.users where lower(email) = lower('USER7@example.com') and deleted_at is null")));
    var shout = "select * from lab.people where upper(role) = 'ADMIN'";
    expect("rows planned with statistics on the expression, wanted under 100",
        plan(shout).root().planned(), planned -> planned < 100);
    expect("and without, one in two hundred", planAfter("drop index lab.people_shout_index; "
        + "drop statistics lab.people_shout; analyze lab.people", shout).root().planned(), planned -> planned == 500);

    sql("inside-json", owner(), """
        -- tag::inside-json[]
        drop table if exists lab.events;
        create table lab.events (id int primary key, data jsonb not null)
          with (autovacuum_enabled = off);
        insert into lab.events
        select n, jsonb_build_object('user', n % 20000, 'path', '/pages/' || n % 300)
        from generate_series(1, 100000) n;
        create index events_data on lab.events using gin (data jsonb_path_ops);
        analyze lab.events;

        explain (analyze, buffers) select * from lab.events
        where data @> '{"user": 7}';       -- contained
        explain (analyze, buffers) select * from lab.events
        where data ->> 'user' = '7';       -- as text
        explain (analyze, buffers) select * from lab.events
        where (data ->> 'user')::int = 7;  -- as a number
        create index events_user on lab.events (((data ->> 'user')::int));
        analyze lab.events;
        explain (analyze, buffers) select * from lab.events
        where (data ->> 'user')::int = 7;  -- as a number, with an index of its own
        -- end::inside-json[]
        """);
    expect("contained: by the index", "Bitmap Index Scan", deepest("select * from lab.events where data @> '{\"user\": 7}'"));
    expect("as text: not", "Seq Scan", deepest("select * from lab.events where data ->> 'user' = '7'"));
    expect("as a number: by an index of its own", deepest("select * from lab.events where (data ->> 'user')::int = 7"),
        type -> !type.equals("Seq Scan"));

    step("like");                                                // tag::like[]
    execute(owner(), """
        create extension if not exists pg_trgm schema lab;
        drop table if exists lab.titles;
        create table lab.titles with (autovacuum_enabled = off) as
          select title collate "und-x-icu" as title from app.posts order by id limit 50000;
        """);
    execute(owner(), "vacuum analyze lab.titles");
    var trigramIndex = "create index titles_trgm on lab.titles using gin (title lab.gin_trgm_ops)";
    record Pattern(String pattern, String plain, String text_pattern_ops, String trigrams) { }
    var patterns = new ArrayList<Pattern>();
    for (var pattern : List.of("like 'Sampling young%'", "ilike 'sampling young%'",
            "like '%Timbuktu%'", "ilike '%timbuk%'", "ilike '%in%'")) {
        var titles = "select title from lab.titles where title " + pattern;
        patterns.add(new Pattern(pattern,
            deepestAfter("create index on lab.titles (title)", titles),
            deepestAfter("create index on lab.titles (title text_pattern_ops)", titles),
            deepestAfter(trigramIndex, titles)));
    }
    show(patterns);
    execute(owner(), trigramIndex);
    show(compare("size", "kB", figures("the table", kilobytes("lab.titles"), "its trigrams",
        kilobytes("lab.titles_trgm")), "three letters at a time, every title"));
    expect("by a plain index in a language's order, not even a prefix", Set.of("Seq Scan"),
        patterns.stream().map(Pattern::plain).collect(Collectors.toSet()));
    expect("by text_pattern_ops, prefixes", List.of("like 'Sampling young%'"), patterns.stream()
        .filter(p -> !p.text_pattern_ops().equals("Seq Scan")).map(Pattern::pattern).toList());
    // end::like[]
    expect("too short for trigrams", List.of("ilike '%in%'"), patterns.stream()
        .filter(p -> p.trigrams().equals("Seq Scan")).map(Pattern::pattern).toList());

    step("never-found");                                         // tag::never-found[]
    articles();                                                  // 20 000, every second without a body
    execute(owner(), """
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
    expect("found as it is indexed, and with coalesce", List.of(1L, 2L),
        spellings.stream().limit(2).map(Spelling::found).toList());
    show(fails(() -> execute(owner(), "create index on lab.articles "
        + "using gin (to_tsvector(title || ' ' || coalesce(body, '')))")));
    // end::never-found[]
    expect("any other spelling reads the table",
        List.of("Bitmap Index Scan", "Seq Scan", "Seq Scan"),
        spellings.stream().map(Spelling::node).toList());

    step("found");                                               // tag::found[]
    execute(owner(), """
        alter table lab.articles drop column if exists tsv;
        alter table lab.articles add column tsv tsvector generated always as (
          setweight(to_tsvector('english', title), 'A')
          || setweight(to_tsvector('english', coalesce(body, '')), 'B')) stored;
        create index articles_tsv on lab.articles using gin (tsv)
        """);
    execute(owner(), "vacuum analyze lab.articles");
    show(List.of(typed("running"), typed("\"c++ ("), typed("running shoes"), typed("running -shoes"),
        typed("marathon or shoes"), typed("\"quiet river\""), typed("the")));
    expect("to_tsquery on what a person types", "42601", typed("running shoes").to_tsquery());

    show(plan("select title, ts_rank(tsv, q) from lab.articles, "
        + "websearch_to_tsquery('english', 'running') q where tsv @@ q order by 2 desc")
        .titled("found and ranked"));
    show(compare(
        "ranked by an expression", ranked("to_tsvector('english', title || ' ' || coalesce(body, ''))"),
        "ranked by the column", ranked("tsv")));

    show(fails(() -> execute(app(), "update lab.articles set tsv = '' where id = 1")));
    if (since(18, "a virtual column")) {
        show(fails(() -> execute(owner(), "alter table lab.articles add column lazy tsvector "
            + "generated always as (to_tsvector('english', title)); "
            + "create index on lab.articles using gin (lazy)")));
    }
    // end::found[]
    expect("articles about running, with and without a body", 2L, typed("running").found());

    step("covering");                                            // tag::covering[]
    execute(owner(), """
        drop table if exists lab.ratings;
        create table lab.ratings (id int primary key, post int, stars int, note text)
          with (autovacuum_enabled = off);
        insert into lab.ratings
        select n, n % 1000, n % 5 + 1, repeat('x', 100) from generate_series(1, 100000) n;
        create index ratings_post on lab.ratings (post);
        """);
    vacuum("lab.ratings");
    var stars = "select avg(stars) from lab.ratings where post = 7";
    var visiting = plan(stars);
    show(visiting.titled("with an index on post"));
    execute(owner(), "create index ratings_stars on lab.ratings (post) include (stars)");
    var covered = plan(stars);
    show(covered.titled("with the stars in it"));
    expect("times fewer pages with the stars in the index, wanted over 10",
        (double) buffers(visiting) / buffers(covered), r -> r > 10);

    execute(app(), "update lab.ratings set note = 'edited' where post between 0 and 20");
    show(plan(stars).titled("after the edit"));
    vacuum("lab.ratings");
    show(plan(stars).titled("after the vacuum"));
    // end::covering[]
    expect("after a vacuum nothing is looked up", nodes(plan(stars)).getLast().detail(),
        detail -> detail.endsWith("heap fetches 0"));

    sql("brin", owner(), """
        -- tag::brin[]
        explain (analyze, buffers) select count(*) from app.posts
        where created_at >= '2025-06-01'
          and created_at < '2025-06-02';  -- one day, without the BRIN

        begin;
        create index posts_brin on app.posts using brin (created_at);
        explain (analyze, buffers) select count(*) from app.posts
        where created_at >= '2025-06-01'
          and created_at < '2025-06-02';  -- one day, with it
        create index posts_btree on app.posts (created_at);
        select pg_relation_size('app.posts_brin') / 1024 as brin_kb,
               pg_relation_size('app.posts_btree') / 1024 as btree_kb;
        rollback;

        select attname, round(correlation::numeric, 2) as correlation from pg_stats
        where (schemaname, tablename) = ('app', 'posts') and attname in ('created_at', 'author_id');

        begin;
        drop index app.posts_author_date;
        create index on app.posts using brin (author_id);
        explain (analyze, buffers) select count(*) from app.posts
        where author_id = '01856aa1-f0d1-756d-a59b-9a4556283bc0';  -- one author, with a BRIN
        rollback;
        -- end::brin[]
        """);
    var day = "select count(*) from app.posts where created_at >= '2025-06-01' and created_at < '2025-06-02'";
    expect("times fewer pages with the BRIN, wanted over 10",
        (double) buffers(plan(day)) / buffers(planAfter("create index on app.posts using brin (created_at)", day)),
        r -> r > 10);

    step("price-of-writing");                                    // tag::price-of-writing[]
    var megabytes = new ArrayList<Double>();
    for (int indexes = 0; indexes <= 5; indexes++) {
        execute(owner(), "drop table if exists lab.written; create table lab.written "
            + "(id bigint, a int, b int, c int, d int, e int) with (autovacuum_enabled = off)");
        for (var column : List.of("a", "b", "c", "d", "e").subList(0, indexes)) {
            execute(owner(), "create index on lab.written (" + column + ")");
        }
        megabytes.add(wal("""
            insert into lab.written
            select n, hashint8(n), hashint8(n + 1), hashint8(n + 2),
                   hashint8(n + 3), hashint8(n + 4)
            from generate_series(1, 30000) n""").bytes() / 1048576.0);
    }
    show(chart("WAL of one insert of 30 000 rows", "MB", List.of(0, 1, 2, 3, 4, 5),
        Map.of("WAL", megabytes)).over("indexes on the table"));
    expect("times as much with five, wanted over 3", megabytes.get(5) / megabytes.get(0), r -> r > 3);
    // end::price-of-writing[]

    step("hot");                                                 // tag::hot[]
    record Hot(String index, long updates, long hot, long wal_records, long wal_kb) { }
    var hots = new ArrayList<Hot>();
    for (var index : List.of("none", "using btree (hits)", "using brin (hits)")) {
        execute(owner(), """
            drop table if exists lab.counters;
            create table lab.counters (id int primary key, hits int not null, name text)
              with (fillfactor = 45, autovacuum_enabled = off);
            insert into lab.counters select n, 0, 'page ' || n from generate_series(1, 20000) n;
            """ + (index.equals("none") ? "" : "create index on lab.counters " + index));
        var wal = wal("update lab.counters set hits = hits + 1");
        var counted = "from pg_stat_user_tables where relid = 'lab.counters'::regclass";
        hots.add(new Hot(index, value(Long.class, "select n_tup_upd " + counted),
            value(Long.class, "select n_tup_hot_upd " + counted), wal.records(), wal.bytes() / 1024));
    }
    show(hots);
    expect("HOT of 20 000 updates, without an index on the column", 20_000L, hots.get(0).hot());
    expect("HOT with a B-tree on it", 0L, hots.get(1).hot());
    // end::hot[]
    expect("times as many records of WAL with the B-tree, wanted over 2",
        (double) hots.get(1).wal_records() / hots.get(0).wal_records(), r -> r > 2);
    if (since(16, "an update that is HOT beside a BRIN")) {
        expect("HOT with a BRIN on it", 20_000L, hots.get(2).hot());
    }

    step("who-needs-it");                                        // tag::who-needs-it[]
    members();                                                   // 900 rows, six indexes
    show(fails(() -> execute(owner(),                            // a build that breaks off
        "create unique index concurrently members_one_per_team on lab.members (team)")));
    execute(owner(), "vacuum analyze lab.members");
    show(plan("select * from lab.members where id = 7"));        // 900 rows: too small?
    execute(app(), "select * from lab.members where email = 'user7'; "
        + "select * from lab.members where team = 7 order by joined desc limit 3; "
        + "select pg_stat_force_next_flush()");

    show(query("""
        select s.indexrelname as index, s.idx_scan as scans,
               substring(pg_get_indexdef(i.indexrelid) from '\\((.*)\\)') as columns,
               i.indisvalid as valid, i.indisready as written,
               i.indisunique and i.indisvalid as guards, (
                 select min(o.indexrelid::regclass::text) from pg_index o
                 where o.indrelid = i.indrelid and o.indexrelid <> i.indexrelid
                   and o.indisvalid and not i.indisunique and i.indnatts <= o.indnkeyatts
                   and o.indkey::text || ' ' like i.indkey::text || ' %'  -- begins with them
                   and o.indclass::text || ' ' like i.indclass::text || ' %'
                   and o.indcollation::text || ' ' like i.indcollation::text || ' %'
                   and o.indpred is null and i.indpred is null
                   and o.indexprs is null and i.indexprs is null) as another_does_it
        from pg_stat_user_indexes s join pg_index i using (indexrelid)
        where s.relid = 'lab.members'::regclass order by 1"""));
    // end::who-needs-it[]
    expect("900 rows are asked by their index", "Index Scan",
        deepest("select * from lab.members where id = 7"));
    expect("no row is written to the index whose build broke off", false, value(Boolean.class,
        "select indisready from pg_index where indexrelid = 'lab.members_one_per_team'::regclass"));

    execute(owner(), "alter table app.posts reset (autovacuum_enabled); "
        + "alter table app.users reset (autovacuum_enabled)");

    step("what-stays");                                          // tag::what-stays[]
    execute(owner(), "drop schema if exists lab cascade");
    show(migrate());
    var timbuktu = plan("select title, created_at from app.posts "
        + "where app.words(title, body) @@ websearch_to_tsquery('english', ?)", "timbuktu");
    show(timbuktu);
    expect("pages for twenty rows of a million, wanted under 100", buffers(timbuktu), n -> n < 100);
    // end::what-stays[]
    expect("rows that were found", 20.0, timbuktu.root().actual());
}

/** The types of a plan's nodes, each before those below it. */
List<String> types(Output.Plan plan) {
    return nodes(plan).stream().map(node -> node.type()).toList();
}

/** The node that reads the table or the index. */
String deepest(String sql) {
    try {
        return types(plan(sql)).getLast();
    } catch (SQLException e) {
        throw new IllegalStateException(e);
    }
}

/** The same after statements that are rolled back. */
String deepestAfter(String statements, String sql) throws SQLException {
    return types(planAfter(statements, sql)).getLast();
}

/** Vacuums and analyzes until each page is known to be visible to everybody; older transactions have to end for that. */
void vacuum(String table) throws Exception {
    await("each page of " + table + " is visible to everybody", () -> {
        execute(owner(), "vacuum analyze " + table);
        return value(Boolean.class, "select relallvisible = relpages from pg_class where oid = ?::text::regclass", table);
    });
}

/** Two figures in the order in which they are to be drawn. */
Map<String, Long> figures(String a, long first, String b, long second) {
    var figures = new LinkedHashMap<String, Long>();
    figures.put(a, first);
    figures.put(b, second);
    return figures;
}

/** Articles that nobody will look for; every second one has a body. */
void articles() throws SQLException {
    execute(owner(), """
        drop table if exists lab.articles;
        create table lab.articles (id int primary key, title text not null, body text)
          with (autovacuum_enabled = off);
        insert into lab.articles
        select n, 'Notes on gardens ' || n, case when n % 2 = 0 then 'A quiet river' end
        from generate_series(1, 20000) n
        """);
}

/** What two functions make of something that a person has typed, and how many articles it finds. */
record Typed(String typed, String to_tsquery, String websearch, long found) { }

/** Gives a typed text to both functions, and searches with the second. */
Typed typed(String text) throws SQLException {
    return new Typed(text, orState("select to_tsquery('english', ?)::text", text),
        value(String.class, "select websearch_to_tsquery('english', ?)::text", text),
        value(Long.class, "select count(*) from lab.articles "
            + "where tsv @@ websearch_to_tsquery('english', ?)", text));
}

/** What a query answers, or its SQLSTATE. */
String orState(String sql, Object parameter) {
    try {
        return value(String.class, sql, parameter);
    } catch (SQLException e) {
        return e.getSQLState();
    }
}

/** Milliseconds for the ten best of ten thousand articles, ranked by these words. */
double ranked(String words) throws Exception {
    return median(3, () -> query("select id from lab.articles where tsv @@ to_tsquery('english', 'river') "
        + "order by ts_rank(" + words + ", to_tsquery('english', 'river')) desc limit 10"));
}

/** What a statement writes to the WAL: how many records, and how many bytes. */
record Wal(long records, long bytes) { }

/** Executes a statement as the app, and counts what it writes to the WAL. */
Wal wal(String sql) throws SQLException {
    try (var connection = app().connect(); var statement = connection.createStatement()) {
        var plan = statement.executeQuery("explain (analyze, wal, format json) " + sql);
        plan.next();
        var figures = java.util.regex.Pattern.compile("\"WAL (?:Records|Bytes)\": (\\d+)").matcher(plan.getString(1))
            .results().map(found -> Long.parseLong(found.group(1))).toList();
        statement.execute("select pg_stat_force_next_flush()");
        return new Wal(figures.get(0), figures.get(1));          // the first node is the statement
    }
}

/** A table as it becomes after some years. */
void members() throws SQLException {
    execute(owner(), """
        drop table if exists lab.members;
        create table lab.members (
          id int primary key, email text not null unique, team int not null, joined date not null
        ) with (autovacuum_enabled = off);
        insert into lab.members select n, 'user' || n, n % 10, date '2025-01-01' + n
        from generate_series(1, 900) n;
        create index members_email on lab.members (email);    -- unique has one already
        create index members_team on lab.members (team);      -- the next one begins with it
        create index members_team_joined on lab.members (team, joined);
        create index members_joined on lab.members (joined)   -- nobody asks
        """);
}

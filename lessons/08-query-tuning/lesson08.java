///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.sql;
import java.time.Duration;
import jakarta.persistence.*;
import kernel.output.Output;
import lab.Login;
import org.hibernate.SessionFactory;
import org.hibernate.graph.GraphSemantic;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.postgresql.PGConnection;
import static script.Script.*;

/** Query tuning: find the query, read its plan, ask less often, write in bulk, and share the rows with others. */
void main(String... args) throws Exception {
    begin("08-query-tuning", args);

    step("which-query");                                         // tag::which-query[]
    execute(admin(), """
        create schema lab authorization course_owner;            -- the workbench of this lesson
        grant usage on schema lab to course_app;
        create extension if not exists pg_stat_statements schema lab""");
    Work morning = () -> {
        try (var connection = app().connect();
             var report = connection.prepareStatement(
                 "select count(*) from app.posts where body like '%Timbuktu%'");
             var login = connection.prepareStatement(
                 "select id, password_hash from app.users where email = ?")) {
            report.executeQuery();                               // everybody knows that it is slow
            for (int n = 1; n <= 60; n++) {
                login.setString(1, "user" + n + "@example.com");
                login.executeQuery();                            // nobody ever complained
            }
        }
    };
    if (statements(morning).isPresent()) {
        show(queryAs(admin(), """
            select left(query, 52) as query, calls, rows,
                   shared_blks_hit + shared_blks_read as buffers,
                   round(mean_exec_time::numeric, 1) as ms_each,
                   round(100 * total_exec_time / sum(total_exec_time) over ()) as percent
            from lab.pg_stat_statements
            where dbid = (select oid from pg_database where datname = current_database())
              and userid = 'course_app'::regrole and query ilike 'select%'
            order by buffers desc limit 5"""));
        expect("the login reads more than the report", true, valueAs(admin(), Boolean.class, """
            select sum(shared_blks_hit + shared_blks_read) filter (where query like '%email%')
                 > sum(shared_blks_hit + shared_blks_read) filter (where query like '%body%')
            from lab.pg_stat_statements where userid = 'course_app'::regrole
              and dbid = (select oid from pg_database where datname = current_database())"""));
    }
    var asWritten = plan("select id, password_hash from app.users where email = ?",
        "user7@example.com");
    var asIndexed = plan("select id, password_hash from app.users "
        + "where lower(email) = lower(?) and deleted_at is null", "user7@example.com");
    show(asWritten);
    show(asIndexed);
    expect("the index of lesson 3 saves a hundred times and more",
        buffers(asWritten) / buffers(asIndexed), ratio -> ratio > 100);
    // end::which-query[]

    step("inside-a-function");                                   // tag::inside-a-function[]
    execute(owner(), """
        create function lab.reading_list(author uuid) returns setof text language plpgsql as $$
        begin
          return query select title from app.posts where author_id = author limit 3;
          return query select title from app.posts where body like '%Timbuktu%' limit 3;
        end $$""");
    var author = value(UUID.class, "select id from app.users where email = 'user500@example.com'");
    show(plan("select * from lab.reading_list(?)", author));

    try (var connection = admin().connect(); var statement = connection.createStatement()) {
        statement.execute("""
            load 'auto_explain';
            set auto_explain.log_min_duration = '1ms';
            set auto_explain.log_analyze = on;
            set auto_explain.log_buffers = on;
            set auto_explain.log_timing = off;
            set auto_explain.log_nested_statements = on;
            set client_min_messages = log""");
        statement.executeQuery("select * from lab.reading_list('" + author + "')");
        var logged = new ArrayList<String>();
        for (var line = statement.getWarnings(); line != null; line = line.getNextWarning()) {
            logged.addAll(line.getMessage().lines().toList());
        }
        showLog("auto_explain", logged);
        expect("the log shows what the plan of the call hides", true,
            logged.stream().anyMatch(line -> line.contains("Seq Scan on posts")));
    } catch (SQLException e) {
        if (!e.getSQLState().equals("42501") && !e.getSQLState().equals("58P01")) {
            throw e;
        }
        skipped("auto_explain cannot be loaded here: " + e.getMessage());
    }
    // end::inside-a-function[]

    step("reading-a-plan");                                      // tag::reading-a-plan[]
    execute(owner(), "create table lab.drafts as select n as id from generate_series(1, 1000) n");
    var left = new LinkedHashMap<String, Long>();
    try (var connection = owner().connect(); var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        for (var way : List.of("explain", "explain analyze")) {
            statement.execute(way + " delete from lab.drafts");
            try (var drafts = statement.executeQuery("select count(*) from lab.drafts")) {
                drafts.next();
                left.put(way, drafts.getLong(1));
            }
        }
        connection.rollback();                                   // and all are back
    }
    show(compare("What is left of 1000 rows", "rows", left, "explain analyze runs what it explains"));
    expect("the rollback brought them back", 1000L,
        value(Long.class, "select count(*) from lab.drafts"));

    var admins = plan("""
        select u.email, count(p.body) as bodies
        from app.users u
        join app.posts p on p.author_id = u.id
        where u.role = 'admin' and p.created_at >= '2025-01-01'
        group by u.email""");
    show(admins);
    var posts = nodes(admins).stream()
        .filter(node -> node.detail().contains("on posts")).findFirst().orElseThrow();
    expect("there were at least ten times more posts of admins than planned",
        posts.actual() / posts.planned(), ratio -> ratio > 10);
    // end::reading-a-plan[]
    expect("explain deletes nothing, explain analyze everything", List.of(1000L, 0L),
        List.copyOf(left.values()));

    step("dependent-columns");                                   // tag::dependent-columns[]
    execute(owner(), """
        create table lab.addresses as
        select id as user_id, 'city ' || n % 40 as city, 'region ' || n % 40 / 4 as region,
               'country ' || n % 40 / 8 as country
        from (select id, row_number() over (order by id) as n from app.users) u;
        analyze lab.addresses""");
    var inCity = """
        select count(u.password_hash) from lab.addresses a join app.users u on u.id = a.user_id
        where a.city = 'city 7' and a.region = 'region 1' and a.country = 'country 0'""";
    var guessed = plan(inCity);
    show(guessed);

    execute(owner(), """
        create statistics lab.places (dependencies) on city, region, country from lab.addresses;
        analyze lab.addresses""");
    var known = plan(inCity);
    show(known);
    expect("without the statistics the planner was ten times too low",
        misjudged(guessed, "addresses"), times -> times > 10);
    expect("with them it is right within a half", misjudged(known, "addresses"),
        times -> times > 0.66 && times < 1.5);
    expect("another join reads less", buffers(known) * 2 < buffers(guessed));

    var months = """
        select date_trunc('month', created_at at time zone 'UTC') as month, count(*)
        from app.posts group by month""";
    var before = plan(months);
    execute(owner(), """
        create statistics lab.months on (date_trunc('month', created_at at time zone 'UTC'))
          from app.posts;
        analyze app.posts""");
    var after = plan(months);
    show(before);
    show(after);
    execute(owner(), "drop statistics lab.months");
    // end::dependent-columns[]
    expect("the planner expected tens of thousands of months, and with statistics dozens", true,
        before.root().planned() > 10_000 && after.root().planned() < 100);

    step("generic-plan");                                        // tag::generic-plan[]
    execute(owner(), """
        create table lab.tasks as
        select n as id, case when n % 10000 = 0 then 'open' else 'done' end as state,
               'payload of task ' || n as payload
        from generate_series(1, 200000) n;
        create index tasks_open on lab.tasks (id) where state = 'open';
        analyze lab.tasks""");
    record Counted(int execution, String name, long custom_plans, long generic_plans) { }
    var counted = new ArrayList<Counted>();
    try (var connection = app().connect(); var statement = connection.createStatement();
         var tasks = connection.prepareStatement(
             "select count(payload) from lab.tasks where state = ?")) {
        for (int execution = 1; execution <= 12; execution++) {
            tasks.setString(1, "done");
            tasks.executeQuery().close();
            try (var prepared = statement.executeQuery("""
                    select name, custom_plans, generic_plans from pg_prepared_statements
                    where statement like '%lab.tasks%'""")) {
                counted.add(prepared.next()
                    ? new Counted(execution, prepared.getString(1), prepared.getLong(2), prepared.getLong(3))
                    : new Counted(execution, "", 0, 0));
            }
        }
        show(counted);
        var again = "execute \"" + counted.getLast().name() + "\" ('open')";
        var generic = plan(connection, again);
        statement.execute("set plan_cache_mode = force_custom_plan");
        var custom = plan(connection, again);
        show(generic);
        show(custom);
        expect("the plan for everybody reads twenty times more",
            buffers(generic) / buffers(custom), ratio -> ratio > 20);
    }
    // end::generic-plan[]
    expect("prepared from the fifth execution on, generic after five more", true,
        counted.get(3).name().isEmpty() && !counted.get(4).name().isEmpty()
            && counted.get(8).generic_plans() == 0 && counted.get(9).generic_plans() >= 1);

    step("same-answer-cheaper");                                 // tag::same-answer-cheaper[]
    record Rewrite(String question, String answer, long buffers, String rewritten, long then) { }
    var one = value(UUID.class, "select id from app.users where email = 'user1@example.com'");
    var rewrites = new ArrayList<Rewrite>();
    for (var pair : List.of(
            List.of("has posts", "select count(*) > 0 from app.posts where author_id = '%s' "
                    + "and title <> ''",
                "select exists (select from app.posts where author_id = '%s' and title <> '')"),
            List.of("in May", "select count(*) from app.posts where author_id = '%s' "
                    + "and to_char(created_at at time zone 'UTC', 'YYYY-MM') = '2025-05'",
                "select count(*) from app.posts where author_id = '%s' "
                    + "and created_at >= '2025-05-01Z' and created_at < '2025-06-01Z'"),
            List.of("newest", "select max(created_at) from app.posts where author_id::text = '%s'",
                "select max(created_at) from app.posts where author_id = '%s'"))) {
        var slow = pair.get(1).formatted(one);
        var quick = pair.get(2).formatted(one);
        rewrites.add(new Rewrite(pair.get(0), query(slow).rows().getFirst().getFirst().orElse(""),
            buffers(plan(slow)), query(quick).rows().getFirst().getFirst().orElse(""),
            buffers(plan(quick))));
    }
    show(rewrites);
    expect("each pair gives one answer, and the second reads at least five times less", true,
        rewrites.stream().allMatch(r -> r.answer().equals(r.rewritten())
            && r.buffers() > 5 * r.then()));

    execute(owner(), """
        create table lab.blocked (user_id uuid);
        insert into lab.blocked (user_id)
        select id from app.users order by id limit 10""");
    var notIn = "select count(*) from app.users where id not in (select user_id from lab.blocked)";
    var notExists = "select count(*) from app.users u "
        + "where not exists (select from lab.blocked b where b.user_id = u.id)";
    expect("both leave out ten", value(Long.class, notIn), value(Long.class, notExists));
    execute(owner(), "insert into lab.blocked values (null)");   // one row that nobody filled in
    show(List.of("not in: " + value(Long.class, notIn),
        "not exists: " + value(Long.class, notExists)));
    // end::same-answer-cheaper[]
    expect("a null makes not in forget everybody", 0L, value(Long.class, notIn));

    step("n-plus-one");                                          // tag::n-plus-one[]
    var authors = new ArrayList<UUID>();
    try (var connection = app().connect(); var ids = connection.createStatement().executeQuery(
            "select id from app.users where created_at >= '2025-01-01' order by id limit 100")) {
        while (ids.next()) {
            authors.add(ids.getObject(1, UUID.class));
        }
    }
    var ways = new LinkedHashMap<String, Reading>();
    ways.put("one by one", (c, ids) -> oneByOne(c, ids));
    ways.put("left join", (c, ids) -> joined(c, ids));
    ways.put("= any(array)", (c, ids) -> byArray(c, ids));

    var farther = List.of(0, 1, 2, 4);
    var ms = new LinkedHashMap<String, List<Double>>();
    var calls = new LinkedHashMap<String, Long>();
    var titles = new HashSet<Map<UUID, List<String>>>();
    for (var way : ways.entrySet()) {
        statements(() -> {
            try (var connection = app().connect()) {
                titles.add(way.getValue().read(connection, authors));
            }
        }).ifPresent(n -> calls.put(way.getKey(), n));
        for (var trip : farther) {
            try (var connection = slow(app(), Duration.ofMillis(trip)).connect()) {
                ms.computeIfAbsent(way.getKey(), name -> new ArrayList<>())
                    .add(median(3, () -> way.getValue().read(connection, authors)));
            }
        }
    }
    if (!calls.isEmpty()) {
        show(compare("Statements for 100 authors and their posts", "calls", calls,
            "the list is one statement, and each author one more"));
    }
    show(chart("100 authors and their posts, by ms of a round trip", "ms", farther, ms));
    expect("all three read the same", 1, titles.size());
    expect("one by one pays each round trip: 100 authors, 4 ms", ms.get("one by one").getLast(),
        spent -> spent >= 400);
    expect("the array pays a few", ms.get("= any(array)").getLast(),
        spent -> spent * 5 < ms.get("one by one").getLast());
    // end::n-plus-one[]
    expect("101 statements, and one, and two",
        calls.isEmpty() || calls.values().stream().toList().equals(List.of(101L, 1L, 2L)));

    step("orm");                                                 // tag::orm[]
    execute(owner(), """
        create table lab.badges (
          id bigint generated always as identity primary key, user_id uuid not null, name text);
        insert into lab.badges (user_id, name)
        select id, 'badge ' || n from app.users, generate_series(1, 5) n
        where created_at >= '2025-01-01' and created_at < '2025-02-01'""");
    var orm = closing(hibernate(slow(app(), Duration.ofMillis(1))));
    orm.inTransaction(session -> session.find(Author.class, authors.getFirst()));  // warm up
    var some = "from Author a where a.id in :ids";
    var fetches = new LinkedHashMap<String, Fetch>();
    fetches.put("lazy, touched in a loop", s -> s.createQuery(some, Author.class));
    fetches.put("batches of 25", s -> {
        s.setFetchBatchSize(25);
        return s.createQuery(some, Author.class);
    });
    fetches.put("subselect", s -> {
        s.setSubselectFetchingEnabled(true);
        return s.createQuery(some, Author.class);
    });
    fetches.put("join fetch", s -> s.createQuery(
        "from Author a left join fetch a.posts where a.id in :ids", Author.class));
    fetches.put("entity graph", s -> {
        var graph = s.createEntityGraph(Author.class);
        graph.addAttributeNodes("posts");
        return s.createQuery(some, Author.class).setEntityGraph(graph, GraphSemantic.LOAD);
    });
    record Fetched(String way, long statements, long posts, String ms) { }
    var fetched = new ArrayList<Fetched>();
    for (var fetch : fetches.entrySet()) {
        var found = new AtomicLong();
        orm.getStatistics().clear();
        var spent = time(() -> orm.inTransaction(session -> {
            var list = fetch.getValue().query(session).setParameterList("ids", authors).getResultList();
            list.forEach(a -> found.addAndGet(a.posts.size()));  // the innocent line
        }));
        fetched.add(new Fetched(fetch.getKey(), orm.getStatistics().getPrepareStatementCount(),
            found.get(), "%.0f".formatted(spent)));
    }
    show(fetched);
    expect("statements", List.of(101L, 5L, 2L, 1L, 1L),
        fetched.stream().map(Fetched::statements).toList());
    expect("the same posts each time", 1L, fetched.stream().map(Fetched::posts).distinct().count());
    // end::orm[]

    step("join-caveats");                                        // tag::join-caveats[]
    show(query("""
        select count(distinct id) as authors, count(*) as rows from (
          select u.id from app.users u left join app.posts p on p.author_id = u.id
          where u.created_at >= '2025-01-01' order by u.id limit 10) page"""));
    show(query("""
        select u.email, count(p.id) as posts, count(b.id) as badges,
               count(distinct p.id) as really_posts, count(distinct b.id) as really_badges
        from app.users u
        left join app.posts p on p.author_id = u.id
        left join lab.badges b on b.user_id = u.id
        where u.id = any(?)
        group by u.email order by u.email limit 3""",
        (Object) authors.subList(0, 3).toArray(UUID[]::new)));

    var postsOfTen = new AtomicLong();
    var asked = statements(() -> orm.inTransaction(session -> postsOfTen.set(session
        .createQuery("from Author a left join fetch a.posts where a.id in :ids order by a.id",
            Author.class)
        .setParameterList("ids", authors).setMaxResults(10).getResultList().stream()
        .mapToLong(a -> a.posts.size()).sum())));
    show("the first ten authors have " + postsOfTen + " posts");
    if (asked.isPresent()) {
        show(valueAs(admin(), String.class, "select 'rows: ' || rows || E'\\n' || query "
            + "from lab.pg_stat_statements where userid = 'course_app'::regrole and dbid = "
            + "(select oid from pg_database where datname = current_database()) "
            + "and query like '%posts%'"));
    }
    show(fails(() -> orm.inTransaction(session -> session.createQuery(
        "from Author a left join fetch a.posts left join fetch a.badges where a.id in :ids",
        Author.class).setParameterList("ids", authors).getResultList())));
    // end::join-caveats[]
    expect("all posts of ten authors, not ten rows", value(Long.class, "select count(*) "
        + "from app.posts where author_id = any(?)",
        (Object) authors.stream().sorted(Comparator.comparing(UUID::toString)).limit(10)
            .toArray(UUID[]::new)), postsOfTen.get());

    step("writes");                                              // tag::writes[]
    execute(owner(), "create table lab.imports (n int primary key, email text not null)");
    var near = slow(app(), Duration.ofMillis(1));
    var rewriting = new Login(near.url() + (near.url().contains("?") ? "&" : "?")
        + "reWriteBatchedInserts=true", near.user(), near.password());
    var rows = 500;
    var insert = "insert into lab.imports (n, email) values (?, ?)";
    var imports = new LinkedHashMap<String, Import>();
    imports.put("a transaction each", connection -> each(connection, insert, rows, false));
    imports.put("one transaction", connection -> {
        connection.setAutoCommit(false);
        each(connection, insert, rows, false);
    });
    imports.put("addBatch", connection -> {
        connection.setAutoCommit(false);
        each(connection, insert, rows, true);
    });
    imports.put("reWriteBatchedInserts", imports.get("addBatch"));
    imports.put("unnest(arrays)", connection -> {
        connection.setAutoCommit(false);
        try (var all = connection.prepareStatement(
                "insert into lab.imports (n, email) select * from unnest(?::int[], ?::text[])")) {
            var numbers = IntStream.range(0, rows).boxed().toArray();
            all.setArray(1, connection.createArrayOf("int", numbers));
            all.setArray(2, connection.createArrayOf("text",
                Stream.of(numbers).map(n -> "user" + n + "@example.org").toArray()));
            all.executeUpdate();
        }
    });
    imports.put("copy", connection -> {
        connection.setAutoCommit(false);
        var lines = IntStream.range(0, rows).mapToObj(n -> n + "\tuser" + n + "@example.org\n")
            .collect(Collectors.joining());
        connection.unwrap(PGConnection.class).getCopyAPI()
            .copyIn("copy lab.imports (n, email) from stdin", new StringReader(lines));
    });
    var importing = new LinkedHashMap<String, Double>();
    var sent = new LinkedHashMap<String, Long>();
    for (var way : imports.entrySet()) {
        execute(owner(), "truncate lab.imports");
        statements(() -> {
            var login = way.getKey().startsWith("reWrite") ? rewriting : near;
            try (var connection = login.connect()) {
                importing.put(way.getKey(), time(() -> {
                    way.getValue().write(connection);
                    if (!connection.getAutoCommit()) {
                        connection.commit();
                    }
                }));
            }
        }).ifPresent(n -> sent.put(way.getKey(), n));
        expect(way.getKey() + ": all rows are there", (long) rows,
            value(Long.class, "select count(*) from lab.imports"));
    }
    if (!sent.isEmpty()) {
        show(compare("500 rows: statements that PostgreSQL ran", "calls", sent,
            "a batch is still one statement for each row, unless the driver rewrites it"));
    }
    show(compare("500 rows, 1 ms away", "ms", importing,
        "a transaction saves commits; only a batch saves round trips"));
    expect("one transaction pays all round trips, too", importing.get("one transaction"),
        spent -> spent > 500);
    expect("a batch pays a few", importing.get("addBatch"),
        spent -> spent * 3 < importing.get("one transaction"));

    var everybody = new ArrayList<UUID>();
    try (var connection = app().connect(); var ids = connection.createStatement().executeQuery(
            "select id from app.users order by id limit 70000")) {
        while (ids.next()) {
            everybody.add(ids.getObject(1, UUID.class));
        }
        show(fails(() -> countIn(connection, everybody)));
        expect("one array is one parameter", 70_000L, countAny(connection, everybody));
    }

    var entries = new LinkedHashMap<String, Long>();
    for (var any : List.of(false, true)) {
        var counts = statements(() -> {
            try (var connection = app().connect()) {
                for (int size = 1; size <= 20; size++) {
                    var ids = everybody.subList(0, size);
                    var _ = any ? countAny(connection, ids) : countIn(connection, ids);
                }
            }
        });
        if (counts.isPresent()) {
            entries.put(any ? "= any(?)" : "in (?, ?, …)", entries());
        }
    }
    if (!entries.isEmpty()) {
        show(compare("20 lists of different length", "entries in pg_stat_statements", entries,
            "an array is one statement, whatever its length"));
        expect("entries of the array", 1L, entries.get("= any(?)"));
    }
    // end::writes[]
    expect("statements of the six ways", sent.isEmpty()
        || sent.get("addBatch") == 500 && sent.get("reWriteBatchedInserts") < 20
            && sent.get("unnest(arrays)") == 1);

    step("pages");                                               // tag::pages[]
    var byOffset = "select id, created_at, title from app.posts where author_id = ? "
        + "order by created_at desc, id desc limit 10 offset ?";
    var byKey = "select id, created_at, title from app.posts where author_id = ? "
        + "and (created_at, id) < (?, ?) order by created_at desc, id desc limit 10";
    var byOr = "select id, created_at, title from app.posts where author_id = ? "
        + "and (created_at < ? or created_at = ? and id < ?) "
        + "order by created_at desc, id desc limit 10";
    var pages = List.of(2, 10, 100, 1000);
    var read = new LinkedHashMap<String, List<Double>>();
    for (var name : List.of("offset", "keyset", "keyset with or")) {
        read.put(name, new ArrayList<>());
    }
    for (var page : pages) {
        try (var connection = app().connect();
             var last = connection.prepareStatement(byOffset.replace("limit 10", "limit 1"))) {
            last.setObject(1, one);
            last.setInt(2, (page - 1) * 10 - 1);                 // the last row of the page before
            try (var row = last.executeQuery()) {
                row.next();
                var id = row.getObject(1, UUID.class);
                var at = row.getObject(2, OffsetDateTime.class);
                read.get("offset").add((double) buffers(plan(byOffset, one, (page - 1) * 10)));
                read.get("keyset").add((double) buffers(plan(byKey, one, at, id)));
                read.get("keyset with or").add((double) buffers(plan(byOr, one, at, at, id)));
            }
        }
    }
    show(chart("Page 2, 10, 100 and 1000 of one author's posts", "buffers", pages, read));
    expect("by keyset no page costs more than three times page 2", read.get("keyset").stream()
        .allMatch(cost -> cost <= 3 * read.get("keyset").getFirst()));
    expect("page 1000 by offset costs a hundred times a page by keyset",
        read.get("offset").getLast() / read.get("keyset").getLast(), ratio -> ratio > 100);

    execute(owner(), """
        create table lab.news (id int primary key, title text);
        insert into lab.news select n, 'news ' || n from generate_series(1, 20) n""");
    var firstPage = query("select id from lab.news order by id desc limit 3");
    execute(owner(), "insert into lab.news values (21, 'just in')");
    record Page(String page, String ids) { }
    var news = List.of(new Page("page 1", ids(firstPage)),
        new Page("page 2 by offset",
            ids(query("select id from lab.news order by id desc limit 3 offset 3"))),
        new Page("page 2 by key",
            ids(query("select id from lab.news where id < 18 order by id desc limit 3"))));
    show(news);
    // end::pages[]
    expect("offset shows the last one again, the key goes on", List.of("20 19 18", "18 17 16", "17 16 15"),
        news.stream().map(Page::ids).toList());
    expect("the or reads what it skips, too", read.get("keyset with or").getLast(),
        cost -> cost > 100 * read.get("keyset").getLast());

    step("lost-update");                                         // tag::lost-update[]
    execute(owner(), """
        create table lab.accounts (name text primary key, balance bigint not null);
        insert into lab.accounts values ('savings', 100)""");
    record Level(String isolation, String second_commit, long balance) { }
    var levels = new ArrayList<Level>();
    for (var isolation : List.of("read committed", "repeatable read", "serializable")) {
        execute(owner(), "update lab.accounts set balance = 100");
        var ann = session("Ann");
        var bob = session("Bob");
        for (var person : List.of(ann, bob)) {                   // both read 100, and add 10 to it
            person.run("begin isolation level " + isolation);
            person.run("select balance from lab.accounts");
        }
        ann.run("update lab.accounts set balance = 100 + 10");
        bob.start("update lab.accounts set balance = 100 + 10").awaitBlocked();
        ann.run("commit");
        var outcome = outcome(bob::await);
        bob.run(outcome.equals("accepted") ? "commit" : "rollback");
        if (!isolation.equals("serializable")) {                 // looks like the one before
            show(lanes(ann, bob));
        }
        levels.add(new Level(isolation, outcome,
            value(Long.class, "select balance from lab.accounts")));
    }
    show(levels);
    expect("read committed accepts both, and loses ten", "accepted 110",
        levels.get(0).second_commit() + " " + levels.get(0).balance());
    expect("the others refuse with 40001", true, levels.stream().skip(1)
        .allMatch(level -> level.second_commit().equals("40001")));
    // end::lost-update[]

    step("write-skew");                                          // tag::write-skew[]
    execute(owner(), """
        create table lab.doctors (name text primary key, on_call boolean not null)""");
    record Skew(String isolation, String ann, String bob, long on_call) { }
    var skews = new ArrayList<Skew>();
    for (var isolation : List.of("repeatable read", "serializable")) {
        execute(owner(), "truncate lab.doctors; "
            + "insert into lab.doctors values ('Ann', true), ('Bob', true)");
        var ann = session("Dr Ann");
        var bob = session("Dr Bob");
        for (var doctor : List.of(ann, bob)) {                   // at least one must stay
            doctor.run("begin isolation level " + isolation);
            doctor.run("select count(*) from lab.doctors where on_call");
        }
        ann.run("update lab.doctors set on_call = false where name = 'Ann'");
        bob.run("update lab.doctors set on_call = false where name = 'Bob'");
        var first = outcome(() -> ann.run("commit"));
        var second = outcome(() -> bob.run("commit"));
        show(lanes(ann, bob));
        skews.add(new Skew(isolation, first, second,
            value(Long.class, "select count(*) from lab.doctors where on_call")));
    }
    show(skews);
    // end::write-skew[]
    expect("repeatable read lets both go, serializable one",
        "accepted accepted 0, accepted 40001 1",
        skews.stream().map(s -> s.ann() + " " + s.bob() + " " + s.on_call())
            .collect(Collectors.joining(", ")));

    step("retry");                                               // tag::retry[]
    execute(owner(), "truncate lab.accounts; "
        + "insert into lab.accounts values ('a', 100), ('b', 100)");
    var move = "update lab.accounts set balance = balance %s where name = '%s'";
    var toB = session("a to b");
    var toA = session("b to a");
    toB.run("begin; " + move.formatted("- 10", "a"));
    toA.run("begin; " + move.formatted("- 20", "b"));
    toB.start(move.formatted("+ 10", "b")).awaitBlocked();
    toA.start(move.formatted("+ 20", "a"));
    var ends = List.of(outcome(toB::await), outcome(toA::await));
    toB.run(ends.get(0).equals("accepted") ? "commit" : "rollback");
    toA.run(ends.get(1).equals("accepted") ? "commit" : "rollback");
    show(lanes(toB, toA));
    expect("one of the two is ended", Set.of("accepted", "40P01"), Set.copyOf(ends));
    expect("no money is lost", 200L, value(Long.class, "select sum(balance)::bigint from lab.accounts"));

    execute(owner(), "update lab.accounts set balance = 0");
    var attempts = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<Integer> deposits = () -> {
            for (int n = 0; n < 20; n++) {
                inTransaction(app(), 100, connection -> {        // reads, computes, writes
                    attempts.incrementAndGet();
                    try (var statement = connection.createStatement();
                         var row = statement.executeQuery(
                             "select balance from lab.accounts where name = 'a'")) {
                        row.next();
                        var more = row.getLong(1) + 1;
                        statement.executeUpdate(
                            "update lab.accounts set balance = " + more + " where name = 'a'");
                    }
                    return null;
                });
            }
            return 20;
        };
        for (var done : threads.invokeAll(Collections.nCopies(4, deposits))) {
            done.get();
        }
    }
    var balance = value(Long.class, "select balance from lab.accounts where name = 'a'");
    show("80 deposits of 1, by 4 threads: " + attempts + " attempts, balance " + balance);
    expect("no deposit is lost", 80L, balance);
    // end::retry[]

    step("dead-rows");                                           // tag::dead-rows[]
    execute(owner(), """
        create table lab.counters (id int primary key, hits int not null, note text)
          with (autovacuum_enabled = off);
        insert into lab.counters select n, 0, repeat('x', 100) from generate_series(1, 1000) n""");
    var sizes = new ArrayList<Size>();
    sizes.add(size("1000 rows"));
    hit(5);
    sizes.add(size("each updated 5 times"));
    execute(owner(), "vacuum lab.counters");
    sizes.add(size("vacuum"));
    hit(5);
    sizes.add(size("5 times more"));

    var report = session("report");
    report.run("begin isolation level repeatable read");
    report.run("select count(*) from app.roles");                // never touches lab.counters
    hit(20);
    execute(owner(), "vacuum lab.counters");
    sizes.add(size("a report is open: 20 times, vacuum"));
    show(queryAs(admin(), "select state, backend_xmin is not null as holds_back, query "
        + "from pg_stat_activity where pid = ?", report.pid()));
    report.run("commit");
    execute(owner(), "vacuum lab.counters");
    sizes.add(size("the report has ended: vacuum"));
    show(sizes);
    // end::dead-rows[]
    expect("vacuum makes room that is used again", sizes.get(3).kilobytes(), kb ->
        kb <= sizes.get(1).kilobytes() * 1.3);
    expect("with an old snapshot around, vacuum takes away nearly nothing", sizes.get(4).dead(),
        dead -> dead >= 15_000);
    expect("the dead rows go when the report does, and the file stays as big", true,
        sizes.get(5).dead() < 1000 && sizes.get(5).kilobytes() >= sizes.get(4).kilobytes());

    step("what-stays");                                          // tag::what-stays[]
    show(migrate());
    // end::what-stays[]
}

/** Actual rows by planned rows, where the plan scans a table. */
double misjudged(Output.Plan plan, String table) {
    var scan = nodes(plan).stream().filter(n -> n.detail().contains("on " + table))
        .findFirst().orElseThrow();
    return scan.actual() / scan.planned();
}

/**
 * Runs the work, and says how many statements of the app PostgreSQL counted meanwhile. Empty where
 * the server was not started with pg_stat_statements, which it says.
 */
Optional<Long> statements(Work work) throws Exception {
    var here = "(select oid from pg_database where datname = current_database())";
    if (!valueAs(admin(), String.class, "select current_setting('shared_preload_libraries')")
            .contains("pg_stat_statements")) {
        work.run();
        skipped("counting statements needs shared_preload_libraries = pg_stat_statements, "
            + "which this server was started without");
        return Optional.empty();
    }
    execute(admin(), "select lab.pg_stat_statements_reset(0::oid, " + here + ", 0)");
    work.run();
    return Optional.of(valueAs(admin(), Long.class, """
        select coalesce(sum(calls), 0)::bigint from lab.pg_stat_statements
        where userid = 'course_app'::regrole and query ~* '^(select|insert|with|copy)'
          and dbid = """ + here));
}

/** The values of a query's only column. */
String ids(Output.Table table) {
    return table.rows().stream().map(row -> row.getFirst().orElse("")).collect(Collectors.joining(" "));
}

/** How many different statements of the app pg_stat_statements has seen. */
long entries() throws SQLException {
    return valueAs(admin(), Long.class, """
        select count(*) from lab.pg_stat_statements
        where userid = 'course_app'::regrole and query like 'select%'
          and dbid = (select oid from pg_database where datname = current_database())""");
}

/** A way to read the titles of some authors' posts. */
interface Reading {
    Map<UUID, List<String>> read(Connection connection, List<UUID> authors) throws SQLException;
}

/** The titles of each author's posts, by a query for each author. */
Map<UUID, List<String>> oneByOne(Connection connection, List<UUID> authors) throws SQLException {
    var titles = noTitles(authors);
    try (var people = connection.prepareStatement("select id from app.users where id = any(?)");
         var posts = connection.prepareStatement(
             "select title from app.posts where author_id = ? order by created_at, id")) {
        people.setArray(1, connection.createArrayOf("uuid", authors.toArray()));
        try (var person = people.executeQuery()) {
            while (person.next()) {
                posts.setObject(1, person.getObject(1, UUID.class));
                try (var post = posts.executeQuery()) {
                    while (post.next()) {
                        titles.get(person.getObject(1, UUID.class)).add(post.getString(1));
                    }
                }
            }
        }
    }
    return titles;
}

/** The same by one query that joins the posts. */
Map<UUID, List<String>> joined(Connection connection, List<UUID> authors) throws SQLException {
    var titles = noTitles(authors);
    try (var both = connection.prepareStatement("""
            select u.id, p.title from app.users u left join app.posts p on p.author_id = u.id
            where u.id = any(?) order by p.created_at, p.id""")) {
        both.setArray(1, connection.createArrayOf("uuid", authors.toArray()));
        return collected(both, titles);
    }
}

/** The same by two queries: the authors, then the posts of all of them. */
Map<UUID, List<String>> byArray(Connection connection, List<UUID> authors) throws SQLException {
    var found = new ArrayList<UUID>();
    try (var people = connection.prepareStatement("select id from app.users where id = any(?)");
         var posts = connection.prepareStatement("select author_id, title from app.posts "
             + "where author_id = any(?) order by created_at, id")) {
        people.setArray(1, connection.createArrayOf("uuid", authors.toArray()));
        try (var person = people.executeQuery()) {
            while (person.next()) {
                found.add(person.getObject(1, UUID.class));
            }
        }
        posts.setArray(1, connection.createArrayOf("uuid", found.toArray()));
        return collected(posts, noTitles(found));
    }
}

Map<UUID, List<String>> collected(PreparedStatement query, Map<UUID, List<String>> titles)
        throws SQLException {
    try (var row = query.executeQuery()) {
        while (row.next()) {
            if (row.getString(2) != null) {
                titles.get(row.getObject(1, UUID.class)).add(row.getString(2));
            }
        }
    }
    return titles;
}

Map<UUID, List<String>> noTitles(List<UUID> authors) {
    var titles = new LinkedHashMap<UUID, List<String>>();
    authors.forEach(author -> titles.put(author, new ArrayList<>()));
    return titles;
}

/** A way to ask Hibernate for some authors. */
interface Fetch {
    org.hibernate.query.SelectionQuery<Author> query(org.hibernate.Session session);
}

/** Hibernate on the tables of users, posts and badges, counting its statements. */
SessionFactory hibernate(Login login) {
    return new HibernatePersistenceConfiguration("lesson").managedClass(Author.class)
        .managedClass(Post.class).managedClass(Badge.class)
        .jdbcUrl(login.url()).jdbcCredentials(login.user(), login.password())
        .property("hibernate.generate_statistics", true)
        .createEntityManagerFactory();
}

/** A row of app.users, as Hibernate sees it. */
@Entity(name = "Author") @Table(schema = "app", name = "users")
static class Author {
    @Id UUID id;
    String email;
    @OneToMany(mappedBy = "author") List<Post> posts;            // lazy, as all collections are
    @OneToMany @JoinColumn(name = "user_id") List<Badge> badges;
}

@Entity(name = "Post") @Table(schema = "app", name = "posts")
static class Post {
    @Id UUID id;
    String title;
    @ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "author_id") Author author;
}

@Entity(name = "Badge") @Table(schema = "lab", name = "badges")
static class Badge {
    @Id Long id;
    String name;
}

/** How many users have one of these ids, with a parameter for each. */
long countIn(Connection connection, List<UUID> ids) throws SQLException {
    var marks = String.join(", ", Collections.nCopies(ids.size(), "?"));
    try (var count = connection.prepareStatement(
            "select count(*) from app.users where id in (" + marks + ")")) {
        for (int i = 0; i < ids.size(); i++) {
            count.setObject(i + 1, ids.get(i));
        }
        return counted(count);
    }
}

/** How many users have one of these ids, with one parameter that holds them all. */
long countAny(Connection connection, List<UUID> ids) throws SQLException {
    try (var count = connection.prepareStatement(
            "select count(*) from app.users where id = any(?)")) {
        count.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
        return counted(count);
    }
}

long counted(PreparedStatement count) throws SQLException {
    try (var row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
    }
}

/** A way to write rows. */
interface Import {
    void write(Connection connection) throws Exception;
}

/** Inserts rows one by one, or as a batch. */
void each(Connection connection, String insert, int rows, boolean batch) throws SQLException {
    try (var statement = connection.prepareStatement(insert)) {
        for (int n = 0; n < rows; n++) {
            statement.setInt(1, n);
            statement.setString(2, "user" + n + "@example.org");
            if (batch) {
                statement.addBatch();
            } else {
                statement.executeUpdate();
            }
        }
        if (batch) {
            statement.executeBatch();
        }
    }
}

/** Work in a transaction. It may run more than once, so it does nothing that a rollback cannot undo. */
interface Transaction<T> {
    T run(Connection connection) throws SQLException;
}

/** Runs the work in a serializable transaction, and again when PostgreSQL says that this will help. */
<T> T inTransaction(Login login, int most, Transaction<T> work) throws Exception {
    for (int attempt = 1; ; attempt++) {
        try (var connection = login.connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            try {
                var result = work.run(connection);
                connection.commit();                             // may fail with 40001 as well
                return result;
            } catch (SQLException e) {
                connection.rollback();
                if (attempt == most || !Set.of("40001", "40P01").contains(e.getSQLState())) {
                    throw e;
                }
            }
        }
        Thread.sleep(ThreadLocalRandom.current().nextLong(1, 2 + Math.min(50, 2L * attempt)));
    }
}

/** Updates every counter, a transaction each time. */
void hit(int times) throws SQLException {
    for (int n = 0; n < times; n++) {
        execute(owner(), "update lab.counters set hits = hits + 1");
    }
}

/** How big a table is, and how much of it is dead. */
record Size(String when, long kilobytes, long live, long dead) { }

/** The size of the counters' table now, and its live and dead rows. */
Size size(String when) throws Exception {
    execute(owner(), "select pg_stat_force_next_flush()");
    var row = queryAs(owner(), "select pg_relation_size(relid) / 1024, n_live_tup, n_dead_tup "
        + "from pg_stat_user_tables where relid = 'lab.counters'::regclass").rows().getFirst();
    return new Size(when, Long.parseLong(row.get(0).orElseThrow()),
        Long.parseLong(row.get(1).orElseThrow()), Long.parseLong(row.get(2).orElseThrow()));
}

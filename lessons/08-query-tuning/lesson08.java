///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.sql;
import java.time.Duration;
import jakarta.persistence.*;
import kernel.output.Output;
import kernel.output.Plans;
import lab.Login;
import org.hibernate.SessionFactory;
import org.hibernate.graph.GraphSemantic;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.postgresql.PGConnection;
import static script.Script.*;

/** Query tuning: find the query, read its plan, ask less often, write in bulk, and share the rows with others. */
void main(String... args) throws Exception {
    begin("08-query-tuning", args);

    execute(owner(), "alter table app.users set (autovacuum_enabled = off); "
        + "alter table app.posts set (autovacuum_enabled = off)");

    step("which-query");                                         // tag::which-query[]
    execute(admin(), """
        create schema if not exists lab authorization course_owner; -- the workbench of this lesson
        grant usage on schema lab to course_app;
        create extension if not exists pg_stat_statements schema lab""");
    if (statements(() -> morning()).isPresent()) {
        show(queryAs(admin(), """
            select left(query, 52) as query, calls, rows,
                   shared_blks_hit + shared_blks_read as buffers,
                   round(mean_exec_time::numeric, 1) as ms_each,
                   round(100 * total_exec_time / sum(total_exec_time) over ()) as percent
            from lab.pg_stat_statements
            where dbid = (select oid from pg_database where datname = current_database())
              and userid = 'course_app'::regrole and query ilike 'select%'
            order by buffers desc limit 5"""));
        expect("buffers of the logins by those of the report, wanted over 3",
            (double) buffersOf("%email%") / buffersOf("%body%"), ratio -> ratio > 3);
    }
    // end::which-query[]

    sql("in-its-words", """
        -- tag::in-its-words[]
        explain (analyze, buffers, timing off, summary off)
        select id, password_hash from app.users
        where email = 'user7@example.com';  -- as it was written

        explain (analyze, buffers, timing off, summary off)
        select id, password_hash from app.users
        where lower(email) = lower('User7@Example.com')
          and deleted_at is null;           -- as the index answers
        -- end::in-its-words[]
        """);
    var login = "select id, password_hash from app.users where ";
    expect("buffers as written by buffers as indexed, wanted over 100",
        (double) buffers(plan(login + "email = 'user7@example.com'"))
            / buffers(plan(login + "lower(email) = 'user7@example.com' and deleted_at is null")),
        ratio -> ratio > 100);

    sql("inside-a-function", owner(), """
        -- tag::inside-a-function[]
        create or replace function lab.reading_list(author uuid) returns setof text
        language plpgsql as $$
        begin
          return query select title from app.posts where author_id = author limit 3;
          return query select title from app.posts where body like '%Timbuktu%' limit 3;
        end $$;
        explain (analyze, buffers, timing off, summary off)
        select * from lab.reading_list('01856aa1-f0d1-756d-a59b-9a4556283bc0');  -- in PL/pgSQL

        create or replace function lab.latest(author uuid) returns setof text
        language sql stable as $$
          select title from app.posts where author_id = author order by created_at desc limit 3
        $$;
        explain (analyze, buffers, timing off, summary off)
        select * from lab.latest('01856aa1-f0d1-756d-a59b-9a4556283bc0');  -- in SQL
        -- end::inside-a-function[]
        """);
    var someone = UUID.fromString("01856aa1-f0d1-756d-a59b-9a4556283bc0");
    expect("one node for all of PL/pgSQL", List.of("Function Scan"),
        nodes(plan("select * from lab.reading_list(?)", someone)).stream().map(n -> n.type()).toList());
    expect("the last node of the function in SQL", "Index Scan",
        nodes(plan("select * from lab.latest(?)", someone)).getLast().type());

    step("auto-explain");                                        // tag::auto-explain[]
    try (var connection = admin().connect(); var statement = connection.createStatement()) {
        statement.execute("""
            load 'auto_explain';
            set auto_explain.log_min_duration = 0;               -- all; at work 200 ms, say
            set auto_explain.log_analyze = on;
            set auto_explain.log_buffers = on;
            set auto_explain.log_timing = off;
            set auto_explain.log_nested_statements = on;
            set client_min_messages = log""");
        statement.executeQuery(
            "select * from lab.reading_list('01856aa1-f0d1-756d-a59b-9a4556283bc0')");
        var logged = messages(statement);
        showLog("auto_explain", logged);
        expect("plans in the log of one call", 3L,
            logged.stream().filter(line -> line.startsWith("duration")).count());
    } catch (SQLException e) {
        skipped("auto_explain cannot be loaded here: " + unlessForbidden(e));
    }
    // end::auto-explain[]

    sql("reading-a-plan", owner(), """
        -- tag::reading-a-plan[]
        begin;
        drop table if exists lab.drafts;
        create table lab.drafts with (autovacuum_enabled = off) as
        select n as id from generate_series(1, 1000) n;
        explain delete from lab.drafts;  -- only planned
        select count(*) as left_by_explain from lab.drafts;
        savepoint full_of_drafts;
        explain (analyze, buffers, timing off, summary off)
        delete from lab.drafts;          -- run as well
        select count(*) as left_by_explain_analyze from lab.drafts;
        rollback to full_of_drafts;
        select count(*) as left_by_the_rollback from lab.drafts;
        commit;

        explain (analyze, buffers, timing off, summary off)
        select u.email, count(p.body) as bodies
        from app.users u join app.posts p on p.author_id = u.id
        where u.role = 'admin' and p.created_at >= '2025-01-01Z'
        group by u.email;                -- as the planner joins

        set enable_nestloop = off;               -- and how would it be with another join?
        explain (analyze, buffers, timing off, summary off)
        select u.email, count(p.body) as bodies
        from app.users u join app.posts p on p.author_id = u.id
        where u.role = 'admin' and p.created_at >= '2025-01-01Z'
        group by u.email;                -- with another join
        -- end::reading-a-plan[]
        """);
    expect("the rollback brought them back", 1000L,
        value(Long.class, "select count(*) from lab.drafts"));
    expect("posts of each admin by posts planned, wanted over 10", misjudged(plan("""
        select u.email, count(p.body) as bodies
        from app.users u join app.posts p on p.author_id = u.id
        where u.role = 'admin' and p.created_at >= '2025-01-01Z' group by u.email"""), "posts"),
        ratio -> ratio > 10);

    sql("dependent-columns", owner(), """
        -- tag::dependent-columns[]
        drop table if exists lab.addresses;
        create table lab.addresses with (autovacuum_enabled = off) as
        select id as user_id, 'city ' || n % 40 as city, 'region ' || n % 40 / 4 as region,
               'country ' || n % 40 / 8 as country
        from (select id, row_number() over (order by id) as n from app.users) u;
        analyze lab.addresses;
        explain (analyze, buffers, timing off, summary off)
        select count(u.password_hash) from lab.addresses a join app.users u on u.id = a.user_id
        where a.city = 'city 7' and a.region = 'region 1'
          and a.country = 'country 0';  -- each column by itself

        create statistics lab.places (dependencies) on city, region, country from lab.addresses;
        analyze lab.addresses;
        explain (analyze, buffers, timing off, summary off)
        select count(u.password_hash) from lab.addresses a join app.users u on u.id = a.user_id
        where a.city = 'city 7' and a.region = 'region 1'
          and a.country = 'country 0';  -- with their dependencies
        -- end::dependent-columns[]
        """);
    var inCity = """
        select count(u.password_hash) from lab.addresses a join app.users u on u.id = a.user_id
        where a.city = 'city 7' and a.region = 'region 1' and a.country = 'country 0'""";
    var known = plan(inCity);
    var guessed = planAfter("drop statistics lab.places", inCity);
    expect("rows found by rows planned without the statistics, wanted over 10",
        misjudged(guessed, "addresses"), times -> times > 10);
    expect("rows found by rows planned with them, wanted about 1", misjudged(known, "addresses"),
        times -> times > 0.66 && times < 1.5);
    expect("buffers of the join without by those with them, wanted over 2",
        (double) buffers(guessed) / buffers(known), ratio -> ratio > 2);

    sql("city-elsewhere", owner(), """
        -- tag::city-elsewhere[]
        drop statistics if exists lab.places, lab.lists;
        create statistics lab.places (dependencies) on city, region, country from lab.addresses;
        analyze lab.addresses;
        explain (analyze, buffers, timing off, summary off)
        select * from lab.addresses where city = 'city 7'
          and region = 'region 2';  -- with dependencies

        create statistics lab.lists (mcv) on city, region, country from lab.addresses;
        analyze lab.addresses;
        explain (analyze, buffers, timing off, summary off)
        select * from lab.addresses where city = 'city 7'
          and region = 'region 2';  -- with a list of combinations
        -- end::city-elsewhere[]
        """);
    var nobody = "select * from lab.addresses where city = 'city 7' and region = 'region 2'";
    expect("rows planned where there are none, wanted over 1000",
        planAfter("drop statistics lab.lists; analyze lab.addresses", nobody).root().planned(), n -> n > 1000);
    expect("rows planned with the list of combinations", 1.0, plan(nobody).root().planned());

    sql("unknown-months", owner(), """
        -- tag::unknown-months[]
        drop statistics if exists lab.months;
        explain select date_trunc('month', created_at at time zone 'UTC') as month, count(*)
        from app.posts group by month;  -- before there are statistics

        create statistics lab.months on (date_trunc('month', created_at at time zone 'UTC'))
        from app.posts;
        analyze app.posts;
        explain select date_trunc('month', created_at at time zone 'UTC') as month, count(*)
        from app.posts group by month;  -- with statistics
        -- end::unknown-months[]
        """);
    var months = "select date_trunc('month', created_at at time zone 'UTC') as month, count(*) "
        + "from app.posts group by month";
    expect("months planned with statistics, wanted 30 to 40", plan(months).root().planned(),
        n -> n >= 30 && n <= 40);
    execute(owner(), "drop statistics lab.months");
    expect("and without, wanted over 10 000", plan(months).root().planned(), n -> n > 10_000);

    step("generic-plan");                                        // tag::generic-plan[]
    execute(owner(), """
        drop table if exists lab.tasks;
        create table lab.tasks with (autovacuum_enabled = off) as
        select n as id, case when n % 10000 = 0 then 'open' else 'done' end as state,
               'payload of task ' || n as payload
        from generate_series(1, 200000) n;
        create index tasks_open on lab.tasks (id) where state = 'open';
        analyze lab.tasks""");
    try (var connection = app().connect(); var statement = connection.createStatement();
         var tasks = connection.prepareStatement(
             "select count(payload) from lab.tasks where state = ?")) {
        var counted = new ArrayList<Counted>();
        for (int execution = 1; execution <= 12; execution++) {
            tasks.setString(1, "done");
            tasks.executeQuery().close();
            counted.add(counted(statement, execution));
        }
        show(counted);
        expect("generic plans after 9, and after 12 executions", List.of(0L, 3L),
            List.of(counted.get(8).generic_plans(), counted.get(11).generic_plans()));
        var again = "execute \"" + counted.getLast().name() + "\" ('open')";
        var generic = plan(connection, again);
        statement.execute("set plan_cache_mode = force_custom_plan");
        var custom = plan(connection, again);
        show(generic.titled("the generic plan"));
        show(custom.titled("the custom plan"));
        expect("buffers of the generic plan by those of the custom one, wanted over 20",
            (double) buffers(generic) / buffers(custom), ratio -> ratio > 20);
    }
    // end::generic-plan[]

    sql("guess-of-ten", """
        -- tag::guess-of-ten[]
        prepare of_author (uuid) as select title from app.posts where author_id = $1;
        prepare of_authors (uuid[]) as select title from app.posts where author_id = any($1);
        set plan_cache_mode = force_generic_plan;
        explain execute of_author ('01856aa1-f0d1-756d-a59b-9a4556283bc0');  -- one author, generic
        explain execute of_authors ('{01856aa1-f0d1-756d-a59b-9a4556283bc0}');  -- an array, generic
        set plan_cache_mode = force_custom_plan;
        explain execute of_authors ('{01856aa1-f0d1-756d-a59b-9a4556283bc0}');  -- an array of one, custom
        -- end::guess-of-ten[]
        """);
    expect("rows planned for an unknown array by rows planned for one unknown id, wanted about 10",
        planned("uuid[]", "= any($1)", "'{}'") / planned("uuid", "= $1", "null"), ratio -> ratio > 9 && ratio < 11);

    sql("same-answer-cheaper", """
        -- tag::same-answer-cheaper[]
        explain (analyze, buffers, timing off, summary off) select count(*) > 0 from app.posts
        where author_id = '01856aa1-f0d1-756d-a59b-9a4556283bc0'
          and title <> '';  -- count
        explain (analyze, buffers, timing off, summary off) select exists (select from app.posts
        where author_id = '01856aa1-f0d1-756d-a59b-9a4556283bc0'
          and title <> '');  -- exists

        explain (analyze, buffers, timing off, summary off) select count(*) from app.posts
        where author_id = '01856aa1-f0d1-756d-a59b-9a4556283bc0'
          and to_char(created_at at time zone 'UTC', 'YYYY-MM') = '2025-05';  -- the month as text
        explain (analyze, buffers, timing off, summary off) select count(*) from app.posts
        where author_id = '01856aa1-f0d1-756d-a59b-9a4556283bc0'
          and created_at >= '2025-05-01Z'
          and created_at < '2025-06-01Z';  -- the month as a range

        explain (analyze, buffers, timing off, summary off) select max(created_at) from app.posts
        where author_id::text = '01856aa1-f0d1-756d-a59b-9a4556283bc0';  -- the id as text
        explain (analyze, buffers, timing off, summary off) select max(created_at) from app.posts
        where author_id = '01856aa1-f0d1-756d-a59b-9a4556283bc0';  -- the id as it is
        -- end::same-answer-cheaper[]
        """);
    for (var pair : List.of(
            List.of("select count(*) > 0 from app.posts where author_id = '%s' and title <> ''",
                "select exists (select from app.posts where author_id = '%s' and title <> '')"),
            List.of("select count(*) from app.posts where author_id = '%s' "
                    + "and to_char(created_at at time zone 'UTC', 'YYYY-MM') = '2025-05'",
                "select count(*) from app.posts where author_id = '%s' "
                    + "and created_at >= '2025-05-01Z' and created_at < '2025-06-01Z'"),
            List.of("select max(created_at) from app.posts where author_id::text = '%s'",
                "select max(created_at) from app.posts where author_id = '%s'"))) {
        var slow = pair.getFirst().formatted(someone);
        var quick = pair.getLast().formatted(someone);
        expect("both answer", query(slow).rows().getFirst().getFirst().orElse(""),
            query(quick).rows().getFirst().getFirst().orElse(""));
        expect("buffers of the first by those of the second, wanted over 5",
            (double) buffers(plan(slow)) / buffers(plan(quick)), ratio -> ratio > 5);
    }

    sql("one-null", owner(), """
        -- tag::one-null[]
        drop table if exists lab.blocked;
        create table lab.blocked (user_id uuid) with (autovacuum_enabled = off);
        insert into lab.blocked select id from app.users order by id limit 10;
        select
          (select count(*) from app.users
           where id not in (select user_id from lab.blocked)) as not_in,
          (select count(*) from app.users u
           where not exists (select from lab.blocked b where b.user_id = u.id)) as not_exists;

        insert into lab.blocked values (null);   -- one row that nobody filled in
        select
          (select count(*) from app.users
           where id not in (select user_id from lab.blocked)) as not_in,
          (select count(*) from app.users u
           where not exists (select from lab.blocked b where b.user_id = u.id)) as not_exists;
        -- end::one-null[]
        """);
    expect("a null makes not in forget everybody", 0L, value(Long.class,
        "select count(*) from app.users where id not in (select user_id from lab.blocked)"));
    expect("not exists leaves out ten of", 99_990L, value(Long.class, "select count(*) from app.users u "
        + "where not exists (select from lab.blocked b where b.user_id = u.id)"));

    step("n-plus-one");                                          // tag::n-plus-one[]
    var authors = uuids(
        "select id from app.users where created_at >= '2025-01-01Z' order by id limit 100");
    var ways = new LinkedHashMap<String, Reading>();
    ways.put("one by one", (c, ids) -> oneByOne(c, ids));
    ways.put("left join", (c, ids) -> joined(c, ids));
    ways.put("= any(array)", (c, ids) -> byArray(c, ids));

    var ms = new LinkedHashMap<String, List<Double>>();
    var calls = new LinkedHashMap<String, Long>();
    var titles = new HashSet<Map<UUID, List<String>>>();
    for (var way : ways.entrySet()) {
        statements(() -> titles.add(read(way.getValue(), authors)))
            .ifPresent(n -> calls.put(way.getKey(), n));
        ms.put(way.getKey(), milliseconds(way.getValue(), authors, List.of(0, 1, 2, 4)));
    }
    if (!calls.isEmpty()) {
        show(compare("Statements for 100 authors and their posts", "calls", calls,
            "the list is one statement, and each author one more"));
    }
    show(chart("100 authors and their posts", "ms", List.of(0, 1, 2, 4), ms).over("ms of a round trip"));
    expect("different answers among the three, wanted one", 1, titles.size());
    expect("ms one by one with a round trip of 4 ms, wanted 400 or more",
        ms.get("one by one").getLast(), spent -> spent >= 400);
    expect("ms one by one by ms with the array, wanted over 5",
        ms.get("one by one").getLast() / ms.get("= any(array)").getLast(), ratio -> ratio > 5);
    // end::n-plus-one[]
    expect("statements of the three ways, wanted 101, 1 and 2", List.copyOf(calls.values()),
        counts -> counts.isEmpty() || counts.equals(List.of(101L, 1L, 2L)));

    step("orm");                                                 // tag::orm[]
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
    var fetched = new ArrayList<Fetched>();
    for (var fetch : fetches.entrySet()) {
        fetched.add(fetched(orm, fetch.getKey(), fetch.getValue(), authors));
    }
    show(fetched);
    expect("statements", List.of(101L, 5L, 2L, 1L, 1L),
        fetched.stream().map(Fetched::statements).toList());
    expect("different answers among the five, wanted one", 1L,
        fetched.stream().map(Fetched::posts).distinct().count());
    // end::orm[]

    sql("join-caveats", owner(), """
        -- tag::join-caveats[]
        select count(distinct id) as authors, count(*) as rows from (
          select u.id from app.users u left join app.posts p on p.author_id = u.id
          where u.created_at >= '2025-01-01Z' order by u.id limit 10) page;

        drop table if exists lab.badges;
        create table lab.badges (
          id bigint generated always as identity primary key, user_id uuid not null, name text)
          with (autovacuum_enabled = off);
        insert into lab.badges (user_id, name)
        select id, 'badge ' || n from app.users, generate_series(1, 5) n
        where created_at >= '2025-01-01Z' and created_at < '2025-02-01Z';

        select u.email, count(p.id) as posts, count(b.id) as badges,
               count(distinct p.id) as really_posts, count(distinct b.id) as really_badges
        from (select * from app.users where created_at >= '2025-01-01Z' order by id limit 3) u
        left join app.posts p on p.author_id = u.id
        left join lab.badges b on b.user_id = u.id
        group by u.email order by u.email;

        select u.email, p.posts, b.badges        -- each collection by itself
        from (select * from app.users where created_at >= '2025-01-01Z' order by id limit 3) u
        cross join lateral (select count(*) as posts from app.posts where author_id = u.id) p
        cross join lateral (select count(*) as badges from lab.badges where user_id = u.id) b
        order by u.email;
        -- end::join-caveats[]
        """);
    expect("authors in ten rows of the join, wanted under 10", value(Long.class, """
        select count(distinct id) from (
          select u.id from app.users u left join app.posts p on p.author_id = u.id
          where u.created_at >= '2025-01-01Z' order by u.id limit 10) page"""), n -> n < 10);

    step("fetch-caveats");                                       // tag::fetch-caveats[]
    var postsOfTen = new AtomicLong();
    var asked = statements(() -> orm.inTransaction(session -> postsOfTen.set(session
        .createQuery("from Author a left join fetch a.posts where a.id in :ids order by a.id",
            Author.class)
        .setParameterList("ids", authors).setMaxResults(10).getResultList().stream()
        .mapToLong(a -> a.posts.size()).sum())));
    show("the first ten authors have " + postsOfTen + " posts");
    if (asked.isPresent()) {
        show(lastQuery("%posts%"));
    }
    expect("posts of ten authors, not ten rows", value(Long.class, """
        select count(*) from app.posts where author_id = any(array(
          select id from app.users where created_at >= '2025-01-01Z' order by id limit 10))"""),
        postsOfTen.get());
    show(fails(() -> orm.inTransaction(session -> session.createQuery(
        "from Author a left join fetch a.posts left join fetch a.badges where a.id in :ids",
        Author.class).setParameterList("ids", authors).getResultList())));
    // end::fetch-caveats[]

    step("writes");                                              // tag::writes[]
    execute(owner(), """
        drop table if exists lab.imports;
        create table lab.imports (n int primary key, email text not null)""");
    var near = slow(app(), Duration.ofMillis(1));
    var rewriting = with(near, "reWriteBatchedInserts=true");
    var imports = List.of(
        new Import("a transaction each", near, true, c -> each(c, 500)),
        new Import("one transaction", near, false, c -> each(c, 500)),
        new Import("addBatch", near, false, c -> batch(c, 500)),
        new Import("addBatch, with keys", near, false, c -> batchWithKeys(c, 500)),
        new Import("reWriteBatchedInserts", rewriting, false, c -> batch(c, 500)),
        new Import("unnest(arrays)", near, false, c -> fromArrays(c,
            "insert into lab.imports (n, email) select * from unnest(?::int[], ?::text[])", 500)),
        new Import("copy", near, false, c -> c.unwrap(PGConnection.class).getCopyAPI()
            .copyIn("copy lab.imports (n, email) from stdin", new StringReader(lines(500)))));
    var importing = new LinkedHashMap<String, Double>();
    var sent = sent(imports, importing);
    if (!sent.isEmpty()) {
        show(compare("500 rows: statements that PostgreSQL ran", "calls", sent,
            "a batch is still one statement for each row, unless the driver rewrites it"));
    }
    show(compare("500 rows, 1 ms away", "ms", importing,
        "a transaction saves commits; only a batch saves round trips"));
    expect("ms in one transaction, wanted over 500", importing.get("one transaction"),
        spent -> spent > 500);
    expect("ms in one transaction by ms of a batch, wanted over 3",
        importing.get("one transaction") / importing.get("addBatch"), ratio -> ratio > 3);
    // end::writes[]
    expect("statements of the ways, wanted 500 by addBatch, under 20 rewritten, 1 by unnest", sent, counts -> counts.isEmpty()
        || counts.get("addBatch") == 500 && counts.get("reWriteBatchedInserts") < 20
            && counts.get("unnest(arrays)") == 1);

    step("failed-batch");                                        // tag::failed-batch[]
    execute(owner(), "truncate lab.imports");
    try (var connection = app().connect(); var insert = connection.prepareStatement(
            "insert into lab.imports (n, email) values (?, ?)")) {
        connection.setAutoCommit(false);
        for (int n : new int[] {1, 2, 1, 3}) {                   // 1 comes twice
            insert.setInt(1, n);
            insert.setString(2, "user" + n + "@example.org");
            insert.addBatch();
        }
        var failure = (BatchUpdateException) fails(() -> insert.executeBatch());
        show(failure);
        show("cause: " + failure.getNextException().getMessage());
        show("update counts: " + Arrays.toString(failure.getUpdateCounts()));
        connection.rollback();
        expect("PostgreSQL's own failure is the next exception", "23505",
            failure.getNextException().getSQLState());
    }
    expect("rows after the rollback", 0L, value(Long.class, "select count(*) from lab.imports"));
    // end::failed-batch[]

    step("many-values");                                         // tag::many-values[]
    var everybody = uuids("select id from app.users order by id limit 70000");
    try (var connection = app().connect()) {
        show(fails(() -> countIn(connection, everybody)));
        expect("users by one array", 70_000L, countAny(connection, everybody));
    }

    var entries = new LinkedHashMap<String, Long>();
    try (var connection = app().connect()) {
        for (var any : List.of(false, true)) {
            var counts = statements(() -> {
                for (int size = 1; size <= 20; size++) {
                    var ids = everybody.subList(0, size);
                    var _ = any ? countAny(connection, ids) : countIn(connection, ids);
                }
            });
            if (counts.isPresent()) {
                entries.put(any ? "= any(?)" : "in (?, ?, …)", entries());
            }
        }
    }
    if (!entries.isEmpty()) {
        show(compare("20 lists of different length", "entries in pg_stat_statements", entries,
            "an array is one statement, whatever its length"));
        expect("entries of the array", 1L, entries.get("= any(?)"));
    }
    // end::many-values[]

    step("pages");                                               // tag::pages[]
    var one = value(UUID.class, "select id from app.users where email = 'user1@example.com'");
    var posts = "select id, created_at, title from app.posts where author_id = ? ";
    var newest = "order by created_at desc, id desc limit 10";
    var byOffset = posts + newest + " offset ?";
    var byKey = posts + "and (created_at, id) < (?, ?) " + newest;
    var byOr = posts + "and (created_at < ? or created_at = ? and id < ?) " + newest;
    var bounded = posts + "and created_at <= ? and (created_at < ? or id < ?) " + newest;
    var buffers = new LinkedHashMap<String, List<Long>>();
    for (var page : List.of(2, 10, 100, 1000)) {
        var last = lastOf(one, page - 1);                        // the last row of the page before
        var at = last.created_at();
        add(buffers, "offset", plan(byOffset, one, (page - 1) * 10));
        add(buffers, "keyset", plan(byKey, one, at, last.id()));
        add(buffers, "keyset with or", plan(byOr, one, at, at, last.id()));
        add(buffers, "or, and a bound", plan(bounded, one, at, at, last.id()));
    }
    show(chart("The posts of one author, ten to a page", "buffers",
        List.of(2, 10, 100, 1000), buffers).over("page"));
    for (var keyset : List.of("keyset", "or, and a bound")) {
        expect(keyset + ", page 1000: buffers, wanted 50 at most",
            buffers.get(keyset).getLast(), pages -> pages <= 50);
    }
    for (var growing : List.of("offset", "keyset with or")) {
        expect(growing + ", page 1000: buffers, wanted over 1000",
            buffers.get(growing).getLast(), pages -> pages > 1000);
    }
    // end::pages[]

    sql("moving-list", owner(), """
        -- tag::moving-list[]
        drop table if exists lab.news;
        create table lab.news (id int primary key, title text);
        insert into lab.news select n, 'news ' || n from generate_series(1, 20) n;
        select array(select id from lab.news order by id desc limit 3) as page_1;

        insert into lab.news values (21, 'just in');
        select
          array(select id from lab.news order by id desc limit 3 offset 3) as page_2_by_offset,
          array(select id from lab.news where id < 18 order by id desc limit 3) as page_2_by_key;
        -- end::moving-list[]
        """);
    expect("page 2 by offset shows 18 again", "{18,17,16}", value(String.class,
        "select array(select id from lab.news order by id desc limit 3 offset 3)::text"));

    step("lost-update");                                         // tag::lost-update[]
    execute(owner(), """
        drop table if exists lab.accounts;
        create table lab.accounts (name text primary key, balance bigint not null);
        insert into lab.accounts values ('savings', 100)""");
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
    expect("what Bob is told in the three levels", List.of("accepted", "40001", "40001"),
        levels.stream().map(Level::second_update).toList());
    expect("the balance after two deposits of 10", List.of(110L, 110L, 110L),
        levels.stream().map(Level::balance).toList());
    // end::lost-update[]

    step("write-skew");                                          // tag::write-skew[]
    execute(owner(), """
        drop table if exists lab.doctors;
        create table lab.doctors (name text primary key, on_call boolean not null)""");
    var skews = new ArrayList<Skew>();
    for (var isolation : List.of("repeatable read", "serializable")) {
        execute(owner(), "truncate lab.doctors; "
            + "insert into lab.doctors values ('Ann', true), ('Bob', true)");
        var ann = session("Dr Ann");
        var bob = session("Dr Bob");
        for (var doctor : List.of(ann, bob)) {                   // both see two on call
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
    expect("doctors on call, by level", List.of(0L, 1L), skews.stream().map(Skew::on_call).toList());
    // end::write-skew[]
    expect("repeatable read lets both go, serializable one", "accepted accepted, accepted 40001",
        skews.stream().map(s -> s.ann() + " " + s.bob()).collect(Collectors.joining(", ")));

    step("deadlock");                                            // tag::deadlock[]
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
    expect("how the two ended", List.of("40P01", "accepted"), ends.stream().sorted().toList());
    expect("the sum of both accounts", 200L,
        value(Long.class, "select sum(balance)::bigint from lab.accounts"));
    // end::deadlock[]

    step("retry");                                               // tag::retry[]
    execute(owner(), "truncate lab.accounts; insert into lab.accounts values ('a', 0)");
    var attempts = new AtomicInteger();
    Callable<Integer> deposits = () -> {
        for (int n = 0; n < 20; n++) {
            inTransaction(app(), 100, connection -> {            // reads, computes, writes
                attempts.incrementAndGet();
                try (var statement = connection.createStatement();
                     var row = statement.executeQuery(
                         "select balance from lab.accounts where name = 'a'")) {
                    row.next();
                    var more = row.getLong(1) + 1;
                    return statement.executeUpdate(
                        "update lab.accounts set balance = " + more + " where name = 'a'");
                }
            });
        }
        return 20;
    };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var done : threads.invokeAll(Collections.nCopies(4, deposits))) {
            done.get();
        }
    }
    show("80 deposits of 1, by 4 threads: " + attempts + " attempts");
    expect("the balance after 80 deposits of 1", 80L,
        value(Long.class, "select balance from lab.accounts where name = 'a'"));
    // end::retry[]

    step("dead-rows");                                           // tag::dead-rows[]
    execute(owner(), """
        drop table if exists lab.counters;
        create table lab.counters (id int primary key, hits int not null, note text)
          with (autovacuum_enabled = off);
        insert into lab.counters select n, 0, repeat('x', 100) from generate_series(1, 1000) n""");
    var sizes = new ArrayList<Size>();
    sizes.add(size("1000 rows"));
    hit(5);
    sizes.add(size("each updated 5 times"));
    vacuum(true);
    sizes.add(size("vacuum"));
    hit(5);
    sizes.add(size("5 times more"));

    var report = session("report");
    report.run("begin isolation level repeatable read");
    report.run("select count(*) from app.roles");                // never touches lab.counters
    hit(20);
    vacuum(false);
    sizes.add(size("a report is open: 20 times, vacuum"));
    report.run("commit");
    vacuum(true);
    sizes.add(size("the report has ended: vacuum"));
    show(sizes);
    expect("kB after the second five rounds by kB after the first, wanted about 1",
        (double) sizes.get(3).kilobytes() / sizes.get(1).kilobytes(), ratio -> ratio < 1.3);
    expect("dead rows while the report is open, wanted 15 000 or more", sizes.get(4).dead(),
        dead -> dead >= 15_000);
    expect("dead rows after it", 0L, sizes.get(5).dead());
    // end::dead-rows[]
    expect("the file stays as big", sizes.get(4).kilobytes(), sizes.get(5).kilobytes());

    step("who-holds-back");                                      // tag::who-holds-back[]
    execute(owner(), "create table if not exists lab.notes (note text)");
    var simple = with(app(), "preferQueryMode=simple");          // the protocol that psql speaks
    var held = new ArrayList<Held>();
    held.add(behind("read, as psql does", simple, "begin", "select count(*) from app.roles"));
    held.add(behind("read, through JDBC", app(), "begin", "select count(*) from app.roles"));
    held.add(behind("wrote", app(), "begin", "insert into lab.notes values ('to be continued')"));
    held.add(behind("repeatable read, as psql does", simple,
        "begin isolation level repeatable read", "select count(*) from app.roles"));
    show(held);
    expect("dead rows behind each of the four, wanted none and thrice 4000 or more",
        held.stream().map(Held::dead).toList(), dead -> dead.getFirst() == 0
            && dead.stream().skip(1).allMatch(n -> n >= 4000));
    // end::who-holds-back[]
    expect("a snapshot, an id, or neither", List.of("- -", "- snapshot", "id -", "- snapshot"),
        held.stream().map(h -> h.backend_xid() + " " + h.backend_xmin()).toList());
    execute(owner(), "alter table app.users reset (autovacuum_enabled); "
        + "alter table app.posts reset (autovacuum_enabled); drop schema lab cascade");

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

/** A morning of some service: one report, and sixty logins. */
void morning() throws SQLException {
    try (var connection = app().connect();
         var report = connection.prepareStatement("select count(*) from app.posts where body like '%Timbuktu%'");
         var login = connection.prepareStatement("select id, password_hash from app.users where email = ?")) {
        report.executeQuery();                                   // everybody knows that it is slow
        for (int n = 1; n <= 60; n++) {
            login.setString(1, "user" + n + "@example.com");
            login.executeQuery();                                // nobody ever complained
        }
    }
}

/** The buffers of the app's statements that look like this, as pg_stat_statements counted them. */
long buffersOf(String like) throws SQLException {
    return valueAs(admin(), Long.class, """
        select sum(shared_blks_hit + shared_blks_read)::bigint from lab.pg_stat_statements
        where userid = 'course_app'::regrole and query like ?
          and dbid = (select oid from pg_database where datname = current_database())""", like);
}

/** The text of the app's statement that looks like this, and how many rows it gave. */
String lastQuery(String like) throws SQLException {
    return valueAs(admin(), String.class, """
        select 'rows: ' || rows || E'\\n' || query from lab.pg_stat_statements
        where userid = 'course_app'::regrole and query like ?
          and dbid = (select oid from pg_database where datname = current_database())""", like);
}

/** The lines that the server sent beside the result. */
List<String> messages(Statement statement) throws SQLException {
    var lines = new ArrayList<String>();
    for (var message = statement.getWarnings(); message != null; message = message.getNextWarning()) {
        lines.addAll(message.getMessage().lines().toList());
    }
    return lines;
}

/** What the server said, where it does not let us; any other failure is thrown. */
String unlessForbidden(SQLException failure) throws SQLException {
    if (!Set.of("42501", "58P01").contains(failure.getSQLState())) {
        throw failure;
    }
    return failure.getMessage();
}

/** What PostgreSQL has counted of the plans of a prepared statement. */
record Counted(int execution, String name, long custom_plans, long generic_plans) { }

/** The counts of the statement on lab.tasks that is prepared in this session, if it is. */
Counted counted(Statement session, int execution) throws SQLException {
    try (var prepared = session.executeQuery("select name, custom_plans, generic_plans "
            + "from pg_prepared_statements where statement like '%lab.tasks%'")) {
        return prepared.next()
            ? new Counted(execution, prepared.getString(1), prepared.getLong(2), prepared.getLong(3))
            : new Counted(execution, "", 0, 0);
    }
}

/** The rows that a generic plan expects of the posts with such an author. */
double planned(String type, String condition, String argument) throws SQLException {
    try (var connection = app().connect(); var statement = connection.createStatement()) {
        statement.execute("set plan_cache_mode = force_generic_plan; prepare authors (" + type
            + ") as select from app.posts where author_id " + condition);
        return Plans.estimate(connection, "execute authors (" + argument + ")").root().planned();
    }
}

/** The ids that a query gives. */
List<UUID> uuids(String sql) throws SQLException {
    try (var connection = app().connect(); var row = connection.createStatement().executeQuery(sql)) {
        var ids = new ArrayList<UUID>();
        while (row.next()) {
            ids.add(row.getObject(1, UUID.class));
        }
        return ids;
    }
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

/** What this way reads, next to the server. */
Map<UUID, List<String>> read(Reading way, List<UUID> authors) throws SQLException {
    try (var connection = app().connect()) {
        return way.read(connection, authors);
    }
}

/** How long this way takes, by milliseconds of a round trip. */
List<Double> milliseconds(Reading way, List<UUID> authors, List<Integer> trips) throws Exception {
    var medians = new ArrayList<Double>();
    for (var trip : trips) {
        try (var connection = slow(app(), Duration.ofMillis(trip)).connect()) {
            medians.add(median(3, () -> way.read(connection, authors)));
        }
    }
    return medians;
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

/** What a way of asking Hibernate came to. */
record Fetched(String way, long statements, long posts, String ms) { }

/** Asks in this way for the authors, and touches the posts of each: the innocent line. */
Fetched fetched(SessionFactory orm, String way, Fetch fetch, List<UUID> authors) throws Exception {
    var posts = new AtomicLong();
    orm.getStatistics().clear();
    var ms = time(() -> orm.inTransaction(session -> fetch.query(session)
        .setParameterList("ids", authors).getResultList()
        .forEach(author -> posts.addAndGet(author.posts.size()))));
    return new Fetched(way, orm.getStatistics().getPrepareStatementCount(), posts.get(), "%.0f".formatted(ms));
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

/** Writes rows on a connection. */
interface Writing {
    void write(Connection connection) throws Exception;
}

/** A way to write rows: as whom, with a commit for each or one for all, and how. */
record Import(String name, Login login, boolean commitEach, Writing writing) { }

/** How many statements each way sends, if they are counted. What it takes goes into {@code milliseconds}. */
Map<String, Long> sent(List<Import> ways, Map<String, Double> milliseconds) throws Exception {
    var sent = new LinkedHashMap<String, Long>();
    for (var way : ways) {
        statements(() -> milliseconds.put(way.name(), spent(way))).ifPresent(n -> sent.put(way.name(), n));
    }
    return sent;
}

/** The milliseconds that it takes to write rows into the empty table, commit included. All 500 have to be there. */
double spent(Import way) throws Exception {
    execute(owner(), "truncate lab.imports");
    var spent = spentOn(way);
    if (valueAs(owner(), Long.class, "select count(*) from lab.imports") != 500) {
        throw new IllegalStateException(way.name() + " has not written 500 rows");
    }
    return spent;
}

/** The milliseconds that it takes to write and to commit. */
double spentOn(Import way) throws Exception {
    try (var connection = way.login().connect()) {
        connection.setAutoCommit(way.commitEach());
        return time(() -> {
            way.writing().write(connection);
            if (!way.commitEach()) {
                connection.commit();
            }
        });
    }
}

/** The login with one more parameter of the driver. */
Login with(Login login, String parameter) {
    return new Login(login.url() + (login.url().contains("?") ? "&" : "?") + parameter, login.user(), login.password());
}

/** Inserts rows one by one. */
void each(Connection connection, int rows) throws SQLException {
    try (var insert = connection.prepareStatement("insert into lab.imports (n, email) values (?, ?)")) {
        for (int n = 0; n < rows; n++) {
            insert.setInt(1, n);
            insert.setString(2, "user" + n + "@example.org");
            insert.executeUpdate();
        }
    }
}

/** Inserts rows as a batch. */
void batch(Connection connection, int rows) throws SQLException {
    try (var insert = connection.prepareStatement("insert into lab.imports (n, email) values (?, ?)")) {
        for (int n = 0; n < rows; n++) {
            insert.setInt(1, n);
            insert.setString(2, "user" + n + "@example.org");
            insert.addBatch();
        }
        insert.executeBatch();
    }
}

/** The same, and reads the keys that the inserts return. */
void batchWithKeys(Connection connection, int rows) throws SQLException {
    try (var insert = connection.prepareStatement(
            "insert into lab.imports (n, email) values (?, ?)", new String[] {"n"})) {
        for (int n = 0; n < rows; n++) {
            insert.setInt(1, n);
            insert.setString(2, "user" + n + "@example.org");
            insert.addBatch();
        }
        insert.executeBatch();
        try (var keys = insert.getGeneratedKeys()) {
            for (int n = 0; n < rows; n++) {
                if (!keys.next() || keys.getInt(1) != n) {
                    throw new IllegalStateException("no key for row " + n);
                }
            }
        }
    }
}

/** Inserts rows from an array of numbers and one of e-mails. */
void fromArrays(Connection connection, String insert, int rows) throws SQLException {
    try (var all = connection.prepareStatement(insert)) {
        all.setArray(1, connection.createArrayOf("int", IntStream.range(0, rows).boxed().toArray()));
        all.setArray(2, connection.createArrayOf("text",
            IntStream.range(0, rows).mapToObj(n -> "user" + n + "@example.org").toArray()));
        all.executeUpdate();
    }
}

/** The rows as lines for copy. */
String lines(int rows) {
    return IntStream.range(0, rows).mapToObj(n -> n + "\tuser" + n + "@example.org\n").collect(Collectors.joining());
}

/** Where a page ends. */
record Last(UUID id, OffsetDateTime created_at) { }

/** The last post of this page of an author's posts, ten to a page. */
Last lastOf(UUID author, int page) throws SQLException {
    try (var connection = app().connect(); var last = connection.prepareStatement(
            "select id, created_at from app.posts where author_id = ? "
                + "order by created_at desc, id desc limit 1 offset ?")) {
        last.setObject(1, author);
        last.setInt(2, page * 10 - 1);
        try (var row = last.executeQuery()) {
            row.next();
            return new Last(row.getObject(1, UUID.class), row.getObject(2, OffsetDateTime.class));
        }
    }
}

/** Adds the buffers of a plan to a series. */
void add(Map<String, List<Long>> series, String name, Output.Plan plan) {
    series.computeIfAbsent(name, _ -> new ArrayList<>()).add(buffers(plan));
}

/** What became of two deposits. */
record Level(String isolation, String second_update, long balance) { }

/** What became of two doctors who go, and how many are on call then. */
record Skew(String isolation, String ann, String bob, long on_call) { }

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

/** Updates every counter, a transaction each time, and has the statistics know it. */
void hit(int times) throws SQLException {
    try (var connection = owner().connect(); var statement = connection.createStatement()) {
        for (int n = 0; n < times; n++) {
            statement.executeUpdate("update lab.counters set hits = hits + 1");
        }
        statement.execute("select pg_stat_force_next_flush()");
    }
}

/** Vacuums the counters; again, where all should go: an analyze that somebody runs meanwhile has a snapshot, too. */
void vacuum(boolean all) throws Exception {
    await("vacuum clears all dead rows", () -> {
        execute(owner(), "vacuum lab.counters");
        return !all || size("").dead() == 0;
    });
}

/** How big a table is, and how much of it is dead. */
record Size(String when, long kilobytes, long live, long dead) { }

/** The size of the counters' table now, and its live and dead rows. */
Size size(String when) throws SQLException {
    var row = queryAs(owner(), "select pg_relation_size(relid) / 1024, n_live_tup, n_dead_tup "
        + "from pg_stat_user_tables where relid = 'lab.counters'::regclass").rows().getFirst();
    return new Size(when, Long.parseLong(row.get(0).orElseThrow()),
        Long.parseLong(row.get(1).orElseThrow()), Long.parseLong(row.get(2).orElseThrow()));
}

/** What an idle session did, whether it has an id and a snapshot, and how many dead rows it keeps. */
record Held(String idle_session, String backend_xid, String backend_xmin, long dead) { }

/** Has a session do this and fall idle, updates the counters five times, vacuums them, and looks. */
Held behind(String what, Login login, String begin, String statement) throws Exception {
    var idle = session("idle", login);
    idle.run(begin);
    idle.run(statement);
    hit(5);
    vacuum(what.equals("read, as psql does"));
    var row = queryAs(admin(), """
        select case when backend_xid is null then '-' else 'id' end,
               case when backend_xmin is null then '-' else 'snapshot' end
        from pg_stat_activity where pid = ?""", idle.pid()).rows().getFirst();
    var held = new Held(what, row.get(0).orElseThrow(), row.get(1).orElseThrow(), size("").dead());
    idle.run("rollback");
    vacuum(true);
    return held;
}

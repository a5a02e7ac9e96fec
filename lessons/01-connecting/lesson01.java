///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.sql;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import static script.Script.*;

void main(String... args) throws Exception {
    begin("01-connecting", args);

    step("one-process-each");                                      // tag::one-process-each[]
    try (var first = DriverManager.getConnection(url(), user(), password());
         var second = DriverManager.getConnection(url(), user(), password())) {
        var a = first.unwrap(PGConnection.class).getBackendPID();
        var b = second.unwrap(PGConnection.class).getBackendPID();
        show(query("""
            select pid, backend_type, usename, application_name, state
            from pg_stat_activity
            where pid in (?, ?)""", a, b));
        expect("two connections are two processes", a != b);
    }
    // end::one-process-each[]

    step("the-handshake");                                         // tag::the-handshake[]
    var wire = Logger.getLogger("org.postgresql");
    var saidBefore = logLines("=").size();
    wire.setLevel(Level.FINEST);
    try (var connection = DriverManager.getConnection(url(), user(), password());
         var statement = connection.createStatement()) {
        statement.execute("select 'hello'");
    } finally {
        wire.setLevel(Level.INFO);
    }
    var talk = logLines("=").stream().skip(saidBefore)
        .filter(line -> line.contains("FE=>") || line.contains("<=BE"))
        .filter(line -> !line.contains("ParameterStatus"))
        .map(line -> line.replaceAll(".*FE=>", "app  "))
        .map(line -> line.replaceAll(".*<=BE", "   server  "))
        .map(line -> line.length() < 80 ? line : line.substring(0, 79) + "…")
        .toList();
    show(talk);
    // end::the-handshake[]
    expect("the server is ready only after several messages",
        talk.indexOf("   server   ReadyForQuery(I)"), at -> at >= 4);

    step("what-the-url-sets");                                     // tag::what-the-url-sets[]
    var clock = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
    var properties = new Properties();
    properties.setProperty("user", user());
    properties.setProperty("password", password());
    properties.setProperty("ApplicationName", "invoices");
    properties.setProperty("options",
        "-c statement_timeout=10s -c lock_timeout=2s");
    try (var connection = DriverManager.getConnection(url(), properties);
         var statement = connection.createStatement()) {
        show(statement.executeQuery("""
            select name, setting, unit
            from pg_settings
            where source in ('client', 'session')
            order by name"""));
        var zone = statement.executeQuery("show time zone");
        zone.next();
        expect("the session's time zone is the JVM's",
            "Pacific/Auckland", zone.getString(1));
    } finally {
        TimeZone.setDefault(clock);
    }
    // end::what-the-url-sets[]

    sql("who-you-are", """
        -- tag::who-you-are[]
        select current_user,
               current_database(),
               current_setting('search_path') as search_path;

        select nspname as schema,
               has_schema_privilege(nspname, 'usage')  as may_look_inside,
               has_schema_privilege(nspname, 'create') as may_create_tables
        from pg_namespace
        where nspname in ('public', 'pg_catalog')
        order by nspname;
        -- end::who-you-are[]
        """);
    expect("the app may not create tables", "42501",
        ((SQLException) fails(() -> execute(app(), "create table mine ()"))).getSQLState());

    step("refused");                                               // tag::refused[]
    var crowded = newDatabase("crowded");
    execute(owner(), "alter database " + crowded.name() + " connection limit 0");
    var attempts = new LinkedHashMap<String, Work>();
    attempts.put("wrong password", () ->
        DriverManager.getConnection(url(), user(), "sesame"));
    attempts.put("unknown database", () -> app().on("atlantis").connect());
    attempts.put("no seat left", () -> crowded.app().connect());
    attempts.put("nobody listens", () ->
        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:1/shop"));
    record Refusal(String attempt, String sqlState, String message) { }
    var refusals = new ArrayList<Refusal>();
    attempts.forEach((attempt, work) -> {
        var e = (SQLException) fails(work);
        refusals.add(new Refusal(attempt, e.getSQLState(), e.getMessage()));
    });
    show(refusals);
    // end::refused[]
    expect("four refusals, four codes", List.of("28P01", "3D000", "53300", "08001"),
        refusals.stream().map(Refusal::sqlState).toList());

    step("nobody-answers");                                        // tag::nobody-answers[]
    var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    var port = silent.getLocalPort();
    var nobody = "jdbc:postgresql://127.0.0.1:" + port + "/shop?user=me";
    var patient = CompletableFuture.supplyAsync(() ->
        fails(() -> DriverManager.getConnection(nobody + "&connectTimeout=1")));
    show(fails(() ->
        DriverManager.getConnection(nobody + "&connectTimeout=1&loginTimeout=2")));
    expect("connectTimeout alone still waits", !patient.isDone());
    silent.close();
    show(patient.get(10, TimeUnit.SECONDS));
    // end::nobody-answers[]

    step("giving-up");                                             // tag::giving-up[]
    var impatient = new Properties();
    impatient.setProperty("user", user());
    impatient.setProperty("password", password());
    impatient.setProperty("ApplicationName", "impatient");
    impatient.setProperty("socketTimeout", "1");
    show(fails(() -> {
        try (var connection = DriverManager.getConnection(url(), impatient)) {
            connection.createStatement().execute("select pg_sleep(30)");
        }
    }));
    show(query("""
        select application_name, state, query
        from pg_stat_activity
        where application_name = 'impatient'"""));
    var stillRunning = value(Long.class, """
        select count(pg_terminate_backend(pid))
        from pg_stat_activity
        where application_name = 'impatient'""");
    expect("the client gave up, its query did not", 1L, stillRunning);

    show(fails(() -> execute(app(), """
        set statement_timeout = '1s';
        select pg_sleep(30)""")));
    // end::giving-up[]

    step("a-quote-too-many");                                      // tag::a-quote-too-many[]
    execute(owner(), """
        drop table if exists customers;
        create table customers (
            id bigint generated always as identity primary key,
            email text not null unique,
            credit numeric not null default 0);
        insert into customers (email)
        values ('ann@example.org'), ('o''brien@example.org')""");
    record Search(String input, String concatenated, String bound) { }
    var searches = new ArrayList<Search>();
    var inputs = List.of("ann@example.org", "o'brien@example.org", "' or 'a'='a",
        "'; drop table customers; --",
        "'; update customers set credit = 1000000; --");
    for (var input : inputs) {
        var concatenated = "";
        try (var connection = app().connect();
             var statement = connection.createStatement()) {
            var rows = statement.executeQuery(
                "select count(*) from customers where email = '" + input + "'");
            rows.next();
            concatenated = rows.getLong(1) + " found";
        } catch (SQLException e) {
            var why = e.getMessage().split(" in SQL ")[0];
            concatenated = e.getSQLState() + " " + why;
        }
        var bound = value(Long.class,
            "select count(*) from customers where email = ?", input);
        searches.add(new Search(input, concatenated, bound + " found"));
    }
    show(searches);
    show(query("select email, credit from customers order by id"));
    var sorted = query("select email from customers order by ? desc", "email");
    show(sorted);
    // end::a-quote-too-many[]
    expect("order by ? does not sort", "ann@example.org", sorted.rows().getFirst().getFirst().orElseThrow());
    expect("a bound input is looked for, never run", List.of("1 found", "1 found", "0 found", "0 found", "0 found"),
        searches.stream().map(Search::bound).toList());
    expect("concatenated, it finds everybody", "2 found", searches.get(2).concatenated());
    expect("the app may not drop tables", searches.get(3).concatenated(), text -> text.startsWith("42501"));
    expect("the stacked update went through", 2L,
        value(Long.class, "select count(*) from customers where credit = 1000000"));

    step("types-that-surprise");                                   // tag::types-that-surprise[]
    execute(owner(), """
        drop table if exists parcels;
        create table parcels (id uuid, label jsonb, sent timestamptz)""");
    interface Binding { void on(PreparedStatement insert) throws SQLException; }
    var id = UUID.randomUUID();
    var bindings = new LinkedHashMap<String, Binding>();
    bindings.put("id ← setString", s -> s.setString(1, id.toString()));
    bindings.put("id ← setObject(UUID)", s -> s.setObject(1, id));
    bindings.put("label ← setString", s -> s.setString(1, "{}"));
    bindings.put("label ← Types.OTHER", s -> s.setObject(1, "{}", Types.OTHER));
    var now = OffsetDateTime.now();
    bindings.put("sent ← Instant", s -> s.setObject(1, now.toInstant()));
    bindings.put("sent ← OffsetDateTime", s -> s.setObject(1, now));
    record Outcome(String binding, String outcome) { }
    var outcomes = new ArrayList<Outcome>();
    bindings.forEach((name, binding) -> {
        var column = name.split(" ")[0];
        var outcome = "";
        try (var connection = app().connect();
             var insert = connection.prepareStatement(
                 "insert into parcels (" + column + ") values (?)")) {
            binding.on(insert);
            outcome = insert.executeUpdate() + " row";
        } catch (SQLException e) {
            outcome = e.getSQLState() + " " + e.getMessage().split("\n")[0];
        }
        outcomes.add(new Outcome(name, outcome));
    });
    show(outcomes);
    // end::types-that-surprise[]
    expect("every second binding works", List.of("42804", "1 row", "42804", "1 row", "07006", "1 row"),
        outcomes.stream().map(o -> o.outcome().substring(0, 5)).toList());

    step("after-five");                                            // tag::after-five[]
    var remembered = new ArrayList<Long>();
    try (var connection = app().connect();
         var select = connection.prepareStatement("select 'asked', ?::int");
         var memory = connection.createStatement()) {
        for (var execution = 1; execution <= 8; execution++) {
            select.setInt(1, execution);
            select.executeQuery().close();
            var rows = memory.executeQuery("""
                select count(*)
                from pg_prepared_statements
                where statement like 'select ''asked''%'""");
            rows.next();
            remembered.add(rows.getLong(1));
        }
    }
    show(chart("What the session remembers", "statements",
        List.of(1, 2, 3, 4, 5, 6, 7, 8),
        Map.of("prepared statements", remembered)).over("execution"));
    // end::after-five[]
    expect("the fifth execution is prepared on the server", List.of(0L, 0L, 0L, 0L, 1L, 1L, 1L, 1L), remembered);

    step("how-many-rows");                                         // tag::how-many-rows[]
    execute(owner(), """
        drop sequence if exists odometer;
        create sequence odometer""");
    record Way(String name, int fetchSize, boolean autocommit) { }
    var driven = new LinkedHashMap<String, Long>();
    for (var way : List.of(
            new Way("as it comes", 0, true),
            new Way("fetch size 50", 50, true),
            new Way("50, autocommit off", 50, false))) {
        try (var connection = app().connect();
             var statement = connection.createStatement()) {
            connection.setAutoCommit(way.autocommit());
            statement.setFetchSize(way.fetchSize());
            var start = value(Long.class, "select nextval('odometer')");
            var rows = statement.executeQuery(
                "select nextval('odometer') from generate_series(1, 20000)");
            rows.next();
            var end = value(Long.class, "select last_value from odometer");
            driven.put(way.name(), end - start);
        }
    }
    show(compare("Rows produced when the app has read the first", "rows", driven,
        "a fetch size alone changed nothing; with autocommit off it did"));
    // end::how-many-rows[]
    expect("rows produced when the first is read", List.of(20000L, 20000L, 50L), List.copyOf(driven.values()));

    step("all-or-nothing");                                        // tag::all-or-nothing[]
    execute(owner(), """
        drop table if exists accounts;
        create table accounts (
            name text primary key,
            balance numeric not null check (balance >= 0));
        insert into accounts values ('ann', 100), ('bob', 100)""");
    var give = "update accounts set balance = balance + 150 where name = 'bob'";
    var take = "update accounts set balance = balance - 150 where name = 'ann'";
    var look = """
        select name, balance, sum(balance) over () as total
        from accounts
        order by name""";
    try (var connection = app().connect();
         var statement = connection.createStatement()) {
        // 1. with autocommit
        statement.execute(give);
        show(fails(() -> statement.execute(take)));
        show(query(look));

        // 2. in one transaction
        statement.execute("update accounts set balance = 100");
        connection.setAutoCommit(false);
        statement.execute(give);
        fails(() -> statement.execute(take));
        show(fails(() -> statement.execute("select 1")));
        connection.commit();
        show(query(look));

        // 3. in a transaction with a savepoint, and only 10
        statement.execute(give.replace("150", "10"));
        var beforeTheRisk = connection.setSavepoint();
        fails(() -> statement.execute(take));
        connection.rollback(beforeTheRisk);
        statement.execute(take.replace("150", "10"));
        connection.commit();
        show(query(look));
    }
    // end::all-or-nothing[]
    expect("only the transaction with the savepoint left a trace", "ann 90, bob 110",
        value(String.class, "select string_agg(name || ' ' || balance, ', ' order by name) from accounts"));

    step("left-open");                                             // tag::left-open[]
    var forgotten = app().connect();
    forgotten.setAutoCommit(false);
    forgotten.createStatement().executeQuery("select balance from accounts");
    show(query("""
        select pid, state, query
        from pg_stat_activity
        where state = 'idle in transaction' and datname = current_database()"""));
    var change = """
        set lock_timeout = '300ms';
        alter table accounts add column if not exists note text""";
    show(fails(() -> execute(owner(), change)));
    forgotten.close();
    await("its process is gone", () -> value(Long.class, """
        select count(*)
        from pg_stat_activity
        where state = 'idle in transaction' and datname = current_database()""") == 0);
    execute(owner(), change);
    show("Closed. Now the owner may add the column.");
    // end::left-open[]
    expect("the column is there", 1L, value(Long.class,
        "select count(*) from pg_attribute where attrelid = 'accounts'::regclass and attname = 'note'"));

    step("errors-as-data");                                        // tag::errors-as-data[]
    execute(owner(), """
        drop table if exists orders, shoppers;
        create table shoppers (
            email text constraint one_account_per_email primary key);
        create table orders (
            shopper text not null constraint known_shopper references shoppers,
            amount numeric constraint amount_is_positive check (amount > 0));
        insert into shoppers values ('ann@example.org')""");
    record Report(String code, String column, String constraint, String detail) { }
    var reports = new ArrayList<Report>();
    for (var wrong : List.of(
            "insert into shoppers values ('ann@example.org')",
            "insert into orders values ('bob@example.org', 10)",
            "insert into orders values (null, 10)",
            "insert into orders values ('ann@example.org', -10)")) {
        var failure = (PSQLException) fails(() -> execute(app(), wrong));
        var said = failure.getServerErrorMessage();
        reports.add(new Report(said.getSQLState(), said.getColumn(),
            said.getConstraint(), said.getDetail()));
    }
    show(reports);
    // end::errors-as-data[]
    expect("four refusals, four codes", List.of("23505", "23503", "23502", "23514"),
        reports.stream().map(Report::code).toList());
    Exception duplicate = fails(() -> execute(app(), "insert into shoppers values ('ann@example.org')"));
    expect("pgjdbc does not use JDBC's own subclass for it", !(duplicate instanceof SQLIntegrityConstraintViolationException));
}

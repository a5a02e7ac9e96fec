///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.sql;
import org.flywaydb.core.Flyway;
import script.Session;
import static script.Script.*;

/** Schema design: types, keys and rules, each tried on the people who will use them wrongly. */
void main(String... args) throws Exception {
    begin("04-schema-design", args);

    sql("two-clocks", owner(), """
        -- tag::two-clocks[]
        create schema lab;                       -- the workbench of this lesson
        grant usage on schema lab to course_app;
        create table lab.visits (
          who     text,
          wall    timestamp   not null default now(),
          instant timestamptz not null default now()
        );
        begin;                                   -- in a transaction, now() stands still
        set local timezone = 'Europe/Paris';
        insert into lab.visits (who) values ('Paris');
        set local timezone = 'America/New_York';
        insert into lab.visits (who) values ('New York');
        commit;

        set timezone = 'UTC';
        select who, wall::timestamp(0), instant::timestamptz(0) from lab.visits;
        select pg_column_size(wall) as wall_bytes, pg_column_size(instant) as instant_bytes
        from lab.visits limit 1;
        -- end::two-clocks[]
        """);
    expect("one instant, two times on the wall", "2 walls, 1 instant", value(String.class, """
        select count(distinct wall) || ' walls, ' || count(distinct instant) || ' instant'
        from lab.visits"""));

    step("zone-of-the-jvm");                                     // tag::zone-of-the-jvm[]
    var home = TimeZone.getDefault();
    try {
        for (var zone : List.of("Europe/Paris", "America/New_York")) {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));     // what TZ does on a server
            execute(app(), "insert into lab.visits (who) "
                + "values ('JVM, session ' || current_setting('timezone'))");
        }
    } finally {
        TimeZone.setDefault(home);
    }
    show(query("select who, wall::timestamp(0), instant::timestamptz(0) "
        + "from lab.visits where who like 'JVM%'"));

    var noon = Instant.parse("2026-07-01T12:00:00Z");
    try (var connection = app().connect(); var insert = connection.prepareStatement(
            "insert into lab.visits (who, instant) values ('Java', ?) returning instant")) {
        show(fails(() -> insert.setObject(1, noon)));
        insert.setObject(1, noon.atOffset(ZoneOffset.UTC));
        try (var row = insert.executeQuery()) {
            row.next();
            expect("it comes back as the same instant", noon,
                row.getObject("instant", OffsetDateTime.class).toInstant());
        }
    }
    // end::zone-of-the-jvm[]
    expect("two JVMs wrote walls that are hours apart", true, value(Boolean.class, """
        select max(wall) - min(wall) between interval '4 hours' and interval '7 hours'
           and max(instant) - min(instant) < interval '1 minute'
        from lab.visits where who like 'JVM%'"""));

    sql("summer-time", owner(), """
        -- tag::summer-time[]
        set timezone = 'Europe/Paris';
        select timestamptz '2026-03-28 12:00' + interval '1 day'    as tz_one_day,
               timestamptz '2026-03-28 12:00' + interval '24 hours' as tz_24_hours,
               timestamp   '2026-03-28 12:00' + interval '24 hours' as wall_24_hours;
        select timestamptz '2026-03-29 02:30' as never_was,
               timestamptz '2026-10-25 02:30' as was_twice;

        set timezone = 'UTC';
        create table lab.trains (name text, departs timestamp);  -- written in Paris
        insert into lab.trains values ('winter', '2026-01-15 12:00'),
                                      ('summer', '2026-07-15 12:00');
        select departs at time zone 'Europe/Paris'              as where_written,
               departs::timestamptz                             as without_using,
               (departs - interval '1 hour') at time zone 'UTC' as minus_one_hour
        from lab.trains;

        alter table lab.trains alter column departs type timestamptz
          using departs at time zone 'Europe/Paris';
        -- end::summer-time[]
        """);
    expect("noon in Paris is 11 o'clock in winter and 10 in summer", "{11,10}",
        value(String.class, """
        select array_agg(extract(hour from departs at time zone 'UTC')::int order by departs)::text
        from lab.trains"""));

    step("now-is-the-beginning");                                // tag::now-is-the-beginning[]
    execute(owner(), """
        create table lab.events (
          id         bigint generated always as identity primary key,
          what       text not null,
          updated_at timestamptz not null default now(),
          written_by xid8 not null default pg_current_xact_id()
        )""");
    var slow = session("slow writer");
    var quick = session("quick writer");
    var poller = session("poller");

    slow.run("begin; insert into lab.events (what) values ('slow')");
    Thread.sleep(300);                                           // a long transaction
    show(slow.run("select now()::time, clock_timestamp()::time, "
        + "clock_timestamp() - now() as apart").getFirst());
    quick.run("insert into lab.events (what) values ('quick')");

    poller.run("select what, updated_at from lab.events");       // sees the quick one
    var lastPoll = value(OffsetDateTime.class,
        "select max(updated_at) from lab.events");
    var horizon = value(String.class,
        "select pg_snapshot_xmin(pg_current_snapshot())::text");
    slow.run("commit");
    poller.run("select what from lab.events where updated_at > '" + lastPoll + "'");
    show(lanes(slow, quick, poller));

    expect("the poller never sees the slow event", 0L, value(Long.class,
        "select count(*) from lab.events where updated_at > ?", lastPoll));
    expect("who asks by transaction misses nothing", "{slow,quick}",
        value(String.class, """
        select array_agg(what order by id)::text from lab.events
        where written_by >= ?::text::xid8
          and written_by < pg_snapshot_xmin(pg_current_snapshot())""", horizon));
    // end::now-is-the-beginning[]
    expect("the slow event was there before the quick one, and later", true, value(Boolean.class,
        "select min(updated_at) filter (where what = 'slow') "
            + "< min(updated_at) filter (where what = 'quick') from lab.events"));

    step("touch");                                               // tag::touch[]
    for (var table : List.of("recipe", "careful")) {
        execute(owner(), """
            create table lab.%s (
              id         int primary key,
              name       text not null,
              created_at timestamptz not null default now(),
              updated_at timestamptz not null default now()
            );
            insert into lab.%1$s values (1, 'Ann', '2026-01-01', '2026-01-01')
            """.formatted(table));
    }
    execute(owner(), """
        create function lab.touch() returns trigger language plpgsql as $$
        begin
          new.updated_at := now();
          return new;
        end $$;
        create or replace trigger recipe_touch before update on lab.recipe
          for each row execute function lab.touch();

        create or replace trigger careful_touch before update on lab.careful
          for each row when (old.* is distinct from new.*)
          execute function app.touch();                          -- as in lesson 03
        """);
    record Attempt(String attempt, String recipe, String careful) { }
    var attempts = new ArrayList<Attempt>();
    for (var change : List.of(
            "name = name", "name = 'Bob'", "created_at = '1999-01-01'")) {
        attempts.add(new Attempt(change,
            touched("recipe", change), touched("careful", change)));
    }
    show(attempts);

    var place = value(String.class, "select ctid::text from lab.careful");
    execute(owner(), "update lab.careful set name = name");
    expect("even an update that changes nothing writes the row again", true,
        !place.equals(value(String.class, "select ctid::text from lab.careful")));

    execute(owner(), "revoke insert, update on lab.careful from course_app; "
        + "grant insert (id, name), update (name) on lab.careful to course_app");
    show(fails(() -> execute(app(), """
        insert into lab.careful (id, name, created_at)
        values (2, 'Eve', '1999-01-01')""")));
    // end::touch[]
    expect("the recipe moves for nothing, and lets the past be rewritten",
        List.of("moves updated_at", "moves updated_at", "moves updated_at, changes created_at"),
        attempts.stream().map(Attempt::recipe).toList());
    expect("the careful one does not",
        List.of("moves nothing", "moves updated_at", "moves updated_at"),
        attempts.stream().map(Attempt::careful).toList());

    step("coming-back");                                         // tag::coming-back[]
    var register = "insert into lab.people (email) values ('ann@example.com')";
    var gone = "insert into lab.people values ('ann@example.com', '2026-01-01')";
    var shouted = "insert into lab.people (email) values ('ANN@example.com')";

    record Rule(String unique_index, String back_again, String two_alive,
                String other_case, String two_gone_at_once) { }
    var rules = new ArrayList<Rule>();
    rules.add(new Rule("what we want", "accepted", "23505", "23505", "accepted"));
    for (var rule : List.of(
            "(email)",
            "(email, deleted_at)",
            "(email, deleted_at) nulls not distinct",
            "(email) where deleted_at is null",
            "(lower(email)) where deleted_at is null")) {
        execute(owner(), "drop table if exists lab.people; "
            + "create table lab.people (email text not null, deleted_at timestamptz); "
            + "create unique index on lab.people " + rule);
        rules.add(new Rule(rule, inserted(gone, register), inserted(register, register),
            inserted(register, shouted), inserted(gone, gone)));
    }
    show(rules);

    execute(owner(), "create table lab.folders "
        + "(parent_id int, name text, unique (parent_id, name))");
    execute(app(), "insert into lab.folders values (null, 'Photos'), (null, 'Photos')");
    execute(owner(), "truncate lab.folders; "
        + "alter table lab.folders add unique nulls not distinct (parent_id, name)");
    show(fails(() -> execute(app(),
        "insert into lab.folders values (null, 'Photos'), (null, 'Photos')")));
    // end::coming-back[]
    expect("only the last rule does what we want",
        List.of("(lower(email)) where deleted_at is null"),
        rules.stream().skip(1).filter(r -> r.back_again().equals("accepted")
            && r.two_alive().equals("23505") && r.other_case().equals("23505")
            && r.two_gone_at_once().equals("accepted")).map(Rule::unique_index).toList());

    step("deleted-but-there");                                   // tag::deleted-but-there[]
    execute(app(), """
        insert into app.users (email, password_hash)
        values ('ann@example.com', 'old hash');
        insert into app.posts (author_id, title) select id, 'Hello' from app.users""");

    show(fails(() -> execute(app(), """
        insert into app.users (email, password_hash)
        values ('Ann@example.com', 'new hash')
        on conflict (email) do update set password_hash = excluded.password_hash""")));
    execute(app(), """
        insert into app.users (email, password_hash)
        values ('Ann@example.com', 'new hash')
        on conflict (lower(email)) where deleted_at is null
        do update set password_hash = excluded.password_hash""");
    expect("the predicate of the index belongs into on conflict",
        "1 user with the new hash", value(String.class,
        "select count(*) || ' user with the ' || min(password_hash) from app.users"));

    var delete = """
        update app.users set deleted_at = clock_timestamp()
        where lower(email) = 'ann@example.com' and deleted_at is null""";
    execute(app(), delete);
    execute(app(), delete);                                      // the second click finds nobody
    show(query("""
        select title, email, deleted_at is not null as author_is_gone
        from app.posts join app.users u on u.id = author_id"""));

    show(fails(() -> execute(app(),
        "delete from app.users where deleted_at is not null")));
    execute(app(), "delete from app.posts");
    execute(owner(), """
        create table lab.users_archive (like app.users);
        with removed as (delete from app.users where deleted_at is not null returning *)
        insert into lab.users_archive select * from removed""");
    expect("moved away in one statement", "0 users, 1 in the archive",
        valueAs(owner(), String.class, """
        select (select count(*) from app.users) || ' users, '
            || (select count(*) from lab.users_archive) || ' in the archive'"""));
    // end::deleted-but-there[]

    step("index-of-the-deleted");                                // tag::index-of-the-deleted[]
    var hot = new LinkedHashMap<String, Long>();
    for (var index : List.of(
            "none", "(deleted_at)", "(deleted_at) where deleted_at is not null")) {
        execute(owner(), """
            drop table if exists lab.accounts;
            create table lab.accounts (
              id int primary key, name text, deleted_at timestamptz
            ) with (fillfactor = 90, autovacuum_enabled = off);
            insert into lab.accounts
            select n, 'account ' || n,
                   case when n % 50 = 0 then now() - n * interval '1 minute' end
            from generate_series(1, 200000) n;
            """ + (index.equals("none") ? ""
                : "create index accounts_deleted on lab.accounts " + index));
        execute(app(), "update lab.accounts set deleted_at = now() where id % 50 = 1; "
            + "select pg_stat_force_next_flush()");
        hot.put("index: " + index, value(Long.class, "select n_tup_hot_upd "
            + "from pg_stat_user_tables where relid = 'lab.accounts'::regclass"));
    }
    show(compare("4000 soft deletes, of these HOT", "rows", hot,
        "any index on deleted_at ends HOT"));

    execute(owner(), "create index accounts_all on lab.accounts (deleted_at); "
        + "analyze lab.accounts; reindex table lab.accounts");
    var sizes = new LinkedHashMap<String, Long>();
    sizes.put("all rows", kilobytes("lab.accounts_all"));
    sizes.put("the deleted", kilobytes("lab.accounts_deleted"));
    show(compare("size of the index", "kB", sizes,
        "nearly all entries of the big one say NULL"));

    show(plan("select * from lab.accounts where deleted_at is null"));
    execute(owner(), "drop index lab.accounts_all");
    show(plan("select * from lab.accounts "
        + "where deleted_at < now() - interval '100 days'"));
    // end::index-of-the-deleted[]
    expect("without an index every soft delete was HOT, with one none", List.of(4000L, 0L, 0L),
        List.copyOf(hot.values()));
    expect("the index of the deleted is several times smaller",
        (double) sizes.get("all rows") / sizes.get("the deleted"), ratio -> ratio > 5);
    expect("whoever looks for the living reads the table", "Seq Scan",
        plan("select * from lab.accounts where deleted_at is null").root().type());
    expect("the purge uses an index",
        plan("select * from lab.accounts where deleted_at < now() - interval '100 days'")
            .root().type(), type -> !type.equals("Seq Scan"));

    step("four-keys");                                           // tag::four-keys[]
    execute(admin(), "create extension if not exists pgstattuple schema lab");
    var keys = new LinkedHashMap<String, String>();
    keys.put("bigint", "bigint generated always as identity");
    if (since(18, "uuidv7()")) {
        keys.put("uuid v7", "uuid default uuidv7()");
    }
    keys.put("uuid v4", "uuid default gen_random_uuid()");
    keys.put("v4 as text", "text default gen_random_uuid()::text");

    var megabytes = new ArrayList<Double>();
    var fragmented = new ArrayList<Double>();
    var wal = new ArrayList<Double>();
    for (var type : keys.values()) {
        execute(owner(), "create table lab.keyed (id " + type + " primary key, n int)");
        execute(owner(), "insert into lab.keyed (n) select generate_series(1, 250000)");
        execute(admin(), "checkpoint");                          // now pages are logged whole
        var before = value(String.class, "select pg_current_wal_insert_lsn()::text");
        execute(owner(), "insert into lab.keyed (n) select generate_series(1, 25000)");
        wal.add(value(Double.class, "select pg_wal_lsn_diff("
            + "pg_current_wal_insert_lsn(), ?::text::pg_lsn)::float8 / 1048576", before));
        megabytes.add(value(Double.class,
            "select pg_relation_size('lab.keyed_pkey')::float8 / 1048576"));
        fragmented.add(valueAs(admin(), Double.class,
            "select leaf_fragmentation from lab.pgstatindex('lab.keyed_pkey')"));
        execute(owner(), "drop table lab.keyed");
    }
    var names = List.copyOf(keys.keySet());
    show(chart("size of the primary key, 275 000 rows", "MB", names,
        Map.of("index", megabytes)));
    show(chart("leaf pages that are out of order", "%", names,
        Map.of("fragmentation", fragmented)));
    show(chart("WAL of 25 000 more rows after a checkpoint", "MB", names,
        Map.of("WAL", wal)));
    // end::four-keys[]
    var bigint = 0;
    var random = keys.size() - 2;
    var text = keys.size() - 1;
    expect("random keys need more room",
        megabytes.get(random) / megabytes.get(bigint), ratio -> ratio > 1.4);
    expect("as text, half as much again at least",
        megabytes.get(text) / megabytes.get(random), ratio -> ratio > 1.5);
    expect("random keys scatter the index", fragmented.get(random), percent -> percent > 35);
    expect("rising keys do not", fragmented.get(bigint), percent -> percent < 5);
    expect("random keys write more WAL", wal.get(random) / wal.get(bigint), r -> r > 2);
    if (version() >= 18) {
        expect("v7 is fragmented as little as bigint", fragmented.get(1), percent -> percent < 5);
        expect("v7 writes about as much WAL as bigint", wal.get(1) / wal.get(bigint), r -> r < 1.6);
    }

    step("trusting-an-id");                                      // tag::trusting-an-id[]
    execute(owner(), """
        create table lab.by_serial (id serial primary key, n int);
        create table lab.by_identity (
          id bigint generated always as identity primary key, n int
        )""");
    execute(app(), "insert into lab.by_serial values (1, 10)");  // an import
    show(fails(() -> execute(app(), "insert into lab.by_serial (n) values (20)")));
    show(fails(() -> execute(app(), "insert into lab.by_identity values (1, 10)")));

    execute(app(), "insert into lab.by_identity (n) values (1)");
    execute(app(), "begin; insert into lab.by_identity (n) values (2); rollback");
    execute(app(), "insert into lab.by_identity (n) values (3)");
    expect("a rolled back insert leaves a gap", "{1,3}",
        value(String.class, "select array_agg(id order by id)::text from lab.by_identity"));

    execute(owner(), "select setval('lab.by_serial_id_seq', 2147483647)");
    show(fails(() -> execute(app(), "insert into lab.by_serial (n) values (30)")));

    execute(owner(), "create table lab.tickets (id uuid primary key, note text)");
    try (var connection = app().connect(); var insert = connection.prepareStatement(
            "insert into lab.tickets values (?, 'made in Java')")) {
        var id = UUID.randomUUID();
        insert.setString(1, id.toString());
        show(fails(insert::executeUpdate));
        insert.setObject(1, id);
        insert.executeUpdate();
    }
    if (since(18, "uuidv7()")) {
        show(query("""
            select id, uuid_extract_version(id) as version,
                   uuid_extract_timestamp(id) as made
            from (select uuidv7() union all select gen_random_uuid()) ids (id)"""));
        expect("a v7 publishes when its row was made", true, value(Boolean.class,
            "select clock_timestamp() - uuid_extract_timestamp(uuidv7()) < interval '5 s'"));
        expect("in a session, each v7 is greater than the one before", true,
            value(Boolean.class, """
            select bool_and(later) from (
              select id > lag(id) over (order by n) as later
              from (select n, uuidv7() as id
                    from generate_series(1, 10000) n) made) compared"""));
    }
    // end::trusting-an-id[]

    step("closed-sets");                                         // tag::closed-sets[]
    execute(owner(), """
        create type lab.role as enum ('admin', 'user', 'guest');
        create table lab.enum_users (role lab.role);

        create table lab.check_users (role text
          constraint role_known check (role in ('admin', 'user', 'guest')));

        create table lab.roles (code text primary key, position int not null unique);
        insert into lab.roles values ('admin', 1), ('user', 2), ('guest', 3);
        create table lab.lookup_users (role text references lab.roles on update cascade);
        """);
    var questions = new LinkedHashMap<String, String>();
    questions.put("the three values",
        "insert into lab.%s_users values ('guest'), ('user'), ('admin')");
    questions.put("'nope'", "insert into lab.%s_users values ('nope')");
    questions.put("null", "insert into lab.%s_users values (null)");
    questions.put("role = 'nope'", "select count(*)::text from lab.%s_users "
        + "where role = 'nope'");
    questions.put("role = some text", "select count(*)::text from lab.%s_users "
        + "where role = 'guest'::text");
    questions.put("bytes of 'guest'", "select pg_column_size(role)::text from lab.%s_users "
        + "where role = 'guest'");
    questions.put("order by role",
        "select string_agg(role::text, ' ' order by role) from lab.%s_users");

    record Answer(String question, String as_enum, String as_check, String as_lookup) { }
    var answers = new ArrayList<Answer>();
    questions.forEach((name, question) -> answers.add(new Answer(name,
        answer(question, "enum"), answer(question, "check"), answer(question, "lookup"))));
    answers.add(new Answer("setString",
        bound("enum", "?"), bound("check", "?"), bound("lookup", "?")));
    show(answers);
    expect("a cast tells the enum what the text means", "accepted",
        bound("enum", "?::lab.role"));
    // end::closed-sets[]
    expect("how each of the questions ended", List.of(
            "accepted accepted accepted", "22P02 23514 23503", "accepted accepted accepted",
            "22P02 0 0", "42883 1 1"),
        answers.stream().limit(5)
            .map(a -> a.as_enum() + " " + a.as_check() + " " + a.as_lookup()).toList());
    expect("only the enum refuses setString", "42804 accepted accepted", answers.getLast().as_enum()
        + " " + answers.getLast().as_check() + " " + answers.getLast().as_lookup());

    step("changing-the-set");                                    // tag::changing-the-set[]
    execute(owner(), Stream.of("enum", "check", "lookup").map(kind -> """
        truncate lab.%1$s_users;
        insert into lab.%1$s_users
        select (array['admin', 'user', 'guest'])[1 + n %% 3]%2$s
        from generate_series(1, 60000) n;
        """.formatted(kind, kind.equals("enum") ? "::lab.role" : ""))
        .collect(Collectors.joining()));
    execute(owner(), "create index on lab.lookup_users (role)"); // the foreign key will ask

    var statements = new LinkedHashMap<String, String>();
    statements.put("enum: add", "alter type lab.role add value 'auditor'");
    statements.put("enum: rename", "alter type lab.role rename value 'guest' to 'visitor'");
    statements.put("enum: drop", "alter type lab.role drop value 'visitor'");
    statements.put("enum: new type", """
        update lab.enum_users set role = 'user' where role = 'visitor';
        create type lab.role_new as enum ('admin', 'user', 'auditor');
        alter table lab.enum_users alter column role type lab.role_new
          using role::text::lab.role_new;
        drop type lab.role""");
    statements.put("check: add", """
        alter table lab.check_users drop constraint role_known, add constraint role_known
          check (role in ('admin', 'user', 'guest', 'auditor'))""");
    statements.put("check: rename", """
        alter table lab.check_users drop constraint role_known;
        update lab.check_users set role = 'visitor' where role = 'guest'""");
    statements.put("check: not valid", """
        alter table lab.check_users add constraint role_known
          check (role in ('admin', 'user', 'visitor', 'auditor')) not valid""");
    statements.put("check: validate",
        "alter table lab.check_users validate constraint role_known");
    statements.put("lookup: add", "insert into lab.roles values ('auditor', 4)");
    statements.put("lookup: rename",
        "update lab.roles set code = 'visitor' where code = 'guest'");
    statements.put("lookup: drop", "delete from lab.roles where code = 'visitor'");
    statements.put("lookup: move, drop", """
        update lab.lookup_users set role = 'user' where role = 'visitor';
        delete from lab.roles where code = 'visitor'""");

    var migration = session("migration", owner());
    var changes = new ArrayList<Change>();
    for (var change : statements.entrySet()) {
        changes.add(watched(migration, change.getKey(), change.getValue()));
    }
    show(changes);
    // end::changing-the-set[]
    var refused = changes.stream().map(Change::outcome).filter(o -> !o.equals("accepted")).toList();
    expect("no value can be dropped from an enum, nor from a lookup table while it is used",
        List.of(version() < 17 ? "42601" : "0A000", "23503"), refused);
    expect("only the new enum type rewrites the table", List.of("enum: new type"),
        changes.stream().filter(Change::rewritten).map(Change::change).toList());
    expect("adding and renaming enum values locks no table", true,
        changes.subList(0, 2).stream().allMatch(c -> c.lock().isEmpty()));
    expect("the plain check reads all rows under the strong lock", true,
        changes.get(4).read() >= 60000 && changes.get(4).lock().equals("AccessExclusive"));
    expect("the check that is not valid reads none, and validating reads under the weak lock", true,
        changes.get(6).read() == 0 && changes.get(7).lock().equals("ShareUpdateExclusive"));

    step("used-too-soon");                                       // tag::used-too-soon[]
    var files = folder("enum-migrations");
    var shop = newDatabase("shop").owner();
    var flyway = Flyway.configure().dataSource(shop.url(), shop.user(), shop.password())
        .locations("filesystem:" + files).load();
    Files.writeString(files.resolve("V1__orders.sql"), """
        create type state as enum ('open', 'paid');
        create table orders (id bigint generated always as identity, state state not null);
        """);
    flyway.migrate();
    Files.writeString(files.resolve("V2__shipped.sql"), """
        alter type state add value 'shipped';
        insert into orders (state) values ('shipped');
        """);
    var tooSoon = fails(flyway::migrate);
    show(tooSoon);

    Files.writeString(files.resolve("V2__shipped.sql"),
        "alter type state add value 'shipped';");
    Files.writeString(files.resolve("V3__first_shipped.sql"),
        "insert into orders (state) values ('shipped');");
    expect("two files are two transactions", 2, flyway.migrate().migrationsExecuted);
    // end::used-too-soon[]
    expect("the new value was not safe yet", "55P04", sqlState(tooSoon));

    step("generated");                                           // tag::generated[]
    execute(owner(), """
        create table lab.prices (
          net_cents bigint not null check (net_cents >= 0),
          vat_rate  numeric(4, 2) not null check (vat_rate between 0 and 1),
          gross_cents bigint
            generated always as (round(net_cents * (1 + vat_rate))) stored
        )""");
    execute(app(), "insert into lab.prices (net_cents, vat_rate) "
        + "values (1000, 0.19), (999, 0.07)");
    show(query("select * from lab.prices"));
    show(fails(() -> execute(app(), "update lab.prices set gross_cents = 1")));
    show(fails(() -> execute(owner(), "alter table lab.prices "
        + "add column seen_at timestamptz generated always as (now()) stored")));

    if (since(18, "a virtual generated column")) {
        var file = "select pg_relation_filenode('lab.prices')::int8";
        var before = value(Long.class, file);
        execute(owner(), "alter table lab.prices "
            + "add column vat_cents bigint "
            + "generated always as (round(net_cents * vat_rate))");
        expect("the default is virtual: nothing is stored, no row is written again", true,
            before.equals(value(Long.class, file)));
        show(query("select attname, attgenerated from pg_attribute "
            + "where attrelid = 'lab.prices'::regclass and attgenerated <> ''"));
        show(fails(() -> execute(owner(), "create index on lab.prices (vat_cents)")));
    }
    // end::generated[]

    step("no-two-at-once");                                      // tag::no-two-at-once[]
    execute(owner(), """
        create extension if not exists btree_gist schema lab;    -- room_id = in a GiST index
        create table lab.bookings (
          id      bigint generated always as identity primary key,
          room_id int not null,
          during  tstzrange not null
            check (not isempty(during) and not lower_inf(during)),
          state   text not null default 'booked',
          exclude using gist (room_id with =, during with &&)
            where (state <> 'cancelled')
        )""");
    var ann = session("Ann");
    var bob = session("Bob");
    var booking = "insert into lab.bookings (room_id, during) "
        + "values (7, '[2026-05-01 %s, 2026-05-01 %s)')";
    ann.run("begin; " + booking.formatted("10:00Z", "12:00Z"));
    bob.start(booking.formatted("11:00Z", "13:00Z")).awaitBlocked();
    ann.run("commit");
    var taken = fails(bob::await);
    show(taken);
    bob.run(booking.formatted("12:00Z", "13:00Z"));              // begins when hers ends
    show(lanes(ann, bob));

    if (since(18, "a key in time, without overlaps")) {
        execute(owner(), """
            create table lab.contracts (
              employee int, during daterange, salary int not null,
              primary key (employee, during without overlaps)
            );
            create table lab.bonuses (
              employee int, during daterange,
              foreign key (employee, period during)
                references lab.contracts (employee, period during)
            );
            insert into lab.contracts values (1, '[2026-01-01, 2026-07-01)', 4000),
                                             (1, '[2026-07-01, 2027-01-01)', 4500)""");
        show(fails(() -> execute(app(),
            "insert into lab.contracts values (1, '[2026-06-01, 2026-08-01)', 9000)")));
        execute(app(),
            "insert into lab.bonuses values (1, '[2026-05-01, 2026-09-01)')");
        show(fails(() -> execute(app(),
            "insert into lab.bonuses values (1, '[2026-12-01, 2027-02-01)')")));
    }
    // end::no-two-at-once[]
    expect("the second booking waited for the first, and was refused", "23P01",
        sqlState(taken));

    step("what-stays");                                          // tag::what-stays[]
    show(migrate());
    // end::what-stays[]
}

/** What the change did to the two dates of Ann, who was written at the beginning of 2026. */
String touched(String table, String change) throws SQLException {
    execute(owner(), "update lab." + table + " set " + change + " where id = 1");
    var moved = valueAs(owner(), String.class, """
        select concat_ws(', ', case when updated_at > '2026-01-01' then 'moves updated_at' end,
                               case when created_at <> '2026-01-01' then 'changes created_at' end)
        from lab.""" + table);
    execute(owner(), "alter table lab." + table + " disable trigger user; "
        + "update lab." + table + " set created_at = '2026-01-01', updated_at = '2026-01-01'; "
        + "alter table lab." + table + " enable trigger user");
    return moved.isEmpty() ? "moves nothing" : moved;
}

/** How the second of two inserts into an empty table of people ends. */
String inserted(String first, String second) throws SQLException {
    execute(owner(), "truncate lab.people");
    execute(app(), first);
    return outcome(() -> execute(app(), second));
}

/** What one of the three ways to close a set answers: a value, or how the statement ended. */
String answer(String question, String kind) {
    var statement = question.formatted(kind);
    if (!statement.startsWith("select")) {
        return outcome(() -> execute(app(), statement));
    }
    try {
        return value(String.class, statement);
    } catch (SQLException e) {
        return e.getSQLState();
    }
}

/** How an insert ends whose role comes from Java as a String. */
String bound(String kind, String parameter) {
    return outcome(() -> {
        try (var connection = app().connect(); var insert = connection.prepareStatement(
                "insert into lab." + kind + "_users values (" + parameter + ")")) {
            insert.setString(1, "user");
            insert.executeUpdate();
        }
    });
}

/** A change to a set of values: how it ended, the strongest lock it took, the rows it touched. */
record Change(String change, String outcome, String lock, boolean rewritten, long read,
              long written) { }

/** Makes a change in a transaction of its own, and looks at it before it commits. */
Change watched(Session session, String name, String sql) throws Exception {
    var table = "lab." + name.substring(0, name.indexOf(':')) + "_users";
    var file = "select pg_relation_filenode('" + table + "')::int8";
    var before = value(Long.class, file);
    session.run("select pg_stat_force_next_flush()");            // count from zero again
    session.run("begin");
    var outcome = outcome(() -> session.run(sql));
    if (!outcome.equals("accepted")) {
        session.run("rollback");
        return new Change(name, outcome, "", false, 0, 0);
    }
    var lock = valueAs(admin(), String.class, """
        select coalesce((select replace(mode, 'Lock', '') from pg_locks
          where relation = ?::text::regclass and pid = ? and mode <> 'AccessShareLock'
          order by array_position(array['AccessExclusiveLock', 'ShareUpdateExclusiveLock',
                                        'RowExclusiveLock'], mode) limit 1), '')
        """, table, session.pid());
    var touched = "select %s from pg_stat_xact_user_tables where relid = '" + table + "'::regclass";
    var read = Long.parseLong(session.value(touched.formatted("seq_tup_read")));
    var written = Long.parseLong(session.value(touched.formatted("n_tup_upd")));
    session.run("commit");
    return new Change(name, outcome, lock, value(Long.class, file).longValue() != before, read, written);
}

///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.sql;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.postgresql.largeobject.LargeObject;
import script.Session;
import static script.Script.*;

/** Schema design: types, keys and rules, each tried on the people who will use them wrongly. */
void main(String... args) throws Exception {
    begin("04-schema-design", args);

    sql("two-clocks", owner(), """
        -- tag::two-clocks[]
        create schema if not exists lab;         -- the workbench of this lesson
        grant usage on schema lab to course_app;
        drop table if exists lab.visits;
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
    execute(owner(), "delete from lab.visits where who like 'J%'");
    insertVisitFrom("Europe/Paris");                             // what TZ does on a server
    insertVisitFrom("America/New_York");
    show(query("select who, wall::timestamp(0), instant::timestamptz(0) "
        + "from lab.visits where who like 'JVM%'"));
    expect("hours between the two walls", value(Double.class, """
        select (extract(epoch from max(wall) - min(wall)) / 3600)::float8
        from lab.visits where who like 'JVM%'"""), hours -> hours > 4 && hours < 7);

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
    expect("seconds between the two instants, wanted under 60", value(Double.class, """
        select extract(epoch from max(instant) - min(instant))::float8
        from lab.visits where who like 'JVM%'"""), seconds -> seconds < 60);

    sql("summer-time", owner(), """
        -- tag::summer-time[]
        set timezone = 'Europe/Paris';
        select timestamptz '2026-03-28 12:00' + interval '1 day'    as tz_one_day,
               timestamptz '2026-03-28 12:00' + interval '24 hours' as tz_24_hours,
               timestamp   '2026-03-28 12:00' + interval '24 hours' as wall_24_hours;
        select timestamptz '2026-03-29 02:30' as never_was,
               timestamptz '2026-10-25 02:30' as was_twice;

        set timezone = 'UTC';
        drop table if exists lab.trains;
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
    expect("the change writes the table again in a session of Paris, and not in one of UTC without using",
        List.of(true, true, false), List.of(
            rewritten("Europe/Paris", ""), rewritten("UTC", "using t at time zone 'UTC'"), rewritten("UTC", "")));

    sql("stands-still", owner(), """
        -- tag::stands-still[]
        drop table if exists lab.events;
        create table lab.events (
          id         bigint generated always as identity primary key,
          what       text not null,
          updated_at timestamptz not null default now(),
          clock      timestamptz not null default clock_timestamp(),
          written_by xid8 not null default pg_current_xact_id()
        );
        begin;
        insert into lab.events (what) values ('first');
        select pg_sleep(0.3);                    -- a long transaction
        insert into lab.events (what) values ('second');
        commit;
        select what, updated_at, clock - updated_at as later from lab.events order by id;
        -- end::stands-still[]
        """);
    expect("one time by now(), two by the clock, one transaction", "1 2 1", value(String.class, """
        select concat_ws(' ', count(distinct updated_at), count(distinct clock),
                         count(distinct written_by)) from lab.events"""));

    step("now-is-the-beginning");                                // tag::now-is-the-beginning[]
    execute(owner(), "truncate lab.events");
    var slow = session("slow writer");
    var quick = session("quick writer");
    var poller = session("poller");

    slow.run("begin; insert into lab.events (what) values ('slow')");
    quick.run("insert into lab.events (what) values ('quick')");
    poller.run("select what, updated_at from lab.events");       // sees the quick one
    var lastPoll = poller.value("select max(updated_at) from lab.events");
    var horizon = poller.value("select pg_snapshot_xmin(pg_current_snapshot())");
    slow.run("commit");
    poller.run("select what from lab.events where updated_at > '" + lastPoll + "'");
    show(lanes(slow, quick, poller));

    expect("events that a poll by time finds", "0", poller.value(
        "select count(*) from lab.events where updated_at > '" + lastPoll + "'"));
    await("nobody older is writing", () -> value(Boolean.class, "select bool_and("
        + "written_by < pg_snapshot_xmin(pg_current_snapshot())) from lab.events"));
    expect("events that a poll by transaction finds", "{slow,quick}", poller.value("""
        select array_agg(what order by id) from lab.events
        where written_by >= '%s'
          and written_by < pg_snapshot_xmin(pg_current_snapshot())""".formatted(horizon)));
    // end::now-is-the-beginning[]
    expect("the slow event was there before the quick one, and later", true, value(Boolean.class,
        "select min(updated_at) filter (where what = 'slow') "
            + "< min(updated_at) filter (where what = 'quick') from lab.events"));

    sql("touch", owner(), """
        -- tag::touch[]
        drop table if exists lab.recipe, lab.careful;
        create table lab.recipe (
          id         int primary key,
          name       text not null,
          created_at timestamptz not null default now(),
          updated_at timestamptz not null default now()
        );
        create table lab.careful (like lab.recipe including all) with (autovacuum_enabled = off);

        create or replace function lab.touch() returns trigger language plpgsql as
          'begin new.updated_at := now(); return new; end';
        create trigger recipe_touch before update on lab.recipe
          for each row execute function lab.touch();
        create trigger careful_touch before update on lab.careful
          for each row when (old.* is distinct from new.*)
          execute function app.touch();          -- as in lesson 03

        insert into lab.recipe select id, name, '2026-01-01', '2026-01-01'
        from (values (1, 'as it was'), (2, 'Ann'), (3, 'backdated')) v (id, name);
        insert into lab.careful select * from lab.recipe;

        update lab.recipe set name = name where id = 1;
        update lab.recipe set name = 'renamed' where id = 2;
        update lab.recipe set created_at = '1999-01-01' where id = 3;
        update lab.careful set name = name where id = 1;
        update lab.careful set name = 'renamed' where id = 2;
        update lab.careful set created_at = '1999-01-01' where id = 3;

        select name, r.created_at::date as recipe_born, r.updated_at::date as recipe_moved,
               c.created_at::date as careful_born, c.updated_at::date as careful_moved,
               c.ctid as place           -- page and number; they began at (0,1), (0,2), (0,3)
        from lab.recipe r join lab.careful c using (id, name) order by id;

        revoke insert, update on lab.careful from course_app;
        grant insert (id, name), update (name) on lab.careful to course_app;
        -- end::touch[]
        """);
    expect("rows that the recipe's trigger moved", 3L, value(Long.class,
        "select count(*) from lab.recipe where updated_at > '2026-01-02'"));
    expect("the careful one did not move the first", "{2,3}", value(String.class,
        "select array_agg(id order by id)::text from lab.careful where updated_at > '2026-01-02'"));
    expect("who could write the past", "1999 2026", value(String.class, """
        select concat_ws(' ', min(extract(year from r.created_at)), min(extract(year from c.created_at)))
        from lab.recipe r join lab.careful c using (id)"""));
    expect("even an update that changes nothing writes the row again", "(0,4)", value(String.class,
        "select ctid::text from lab.careful where id = 1"));
    execute(owner(), "create trigger a_first before update on lab.careful for each row "
        + "execute function suppress_redundant_updates_trigger(); update lab.careful set name = name where id = 1");
    expect("unless a trigger skips it", "(0,4)", value(String.class,
        "select ctid::text from lab.careful where id = 1"));
    expect("json cannot be compared", "42883", outcome(() -> execute(owner(), """
        create temp table t (j json); insert into t values ('{}');
        create trigger t_touch before update on t for each row when (old.* is distinct from new.*)
          execute function app.touch();
        update t set j = j""")));
    expect("nor a row with a generated column", "42P17", outcome(() -> execute(owner(), """
        create temp table t (a int, b int generated always as (a) stored);
        create trigger t_touch before update on t for each row when (old.* is distinct from new.*)
          execute function app.touch()""")));

    sqlFails("keeping-the-past", app(), "42501", """
        -- tag::keeping-the-past[]
        insert into lab.careful (id, name, created_at) values (4, 'Eve', '1999-01-01');
        -- end::keeping-the-past[]
        """);
    expect("what it has a right to write, it writes", "accepted", outcome(() -> execute(app(),
        "insert into lab.careful (id, name) values (4, 'Eve'); update lab.careful set name = 'Eva' where id = 4")));

    step("coming-back");                                         // tag::coming-back[]
    var register = "insert into lab.people (email) values ('ann@example.com')";
    var shouted = "insert into lab.people (email) values ('ANN@example.com')";
    var gone = "insert into lab.people values ('ann@example.com', '2026-01-01')";

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
        rules.add(new Rule(rule, second(gone, register), second(register, register),
            second(register, shouted), second(gone, gone)));
    }
    show(rules);
    expect("the rules that do what we want", List.of("(lower(email)) where deleted_at is null"),
        rules.stream().skip(1).filter(rule -> rule.ends().equals(rules.getFirst().ends()))
            .map(Rule::unique_index).toList());
    // end::coming-back[]

    sql("at-the-top", owner(), """
        -- tag::at-the-top[]
        drop table if exists lab.folders;
        create table lab.folders (
          parent_id int, name text,
          unique (parent_id, name)
        );
        insert into lab.folders values (null, 'Photos') on conflict do nothing;
        insert into lab.folders values (null, 'Photos') on conflict do nothing;
        select count(*) as photos_at_the_top from lab.folders;

        truncate lab.folders;
        alter table lab.folders add unique nulls not distinct (parent_id, name);
        insert into lab.folders values (null, 'Photos') on conflict do nothing;
        insert into lab.folders values (null, 'Photos') on conflict do nothing;
        select count(*) as photos_at_the_top from lab.folders;
        -- end::at-the-top[]
        """);
    expect("folders with this name at the top", 1L, value(Long.class, "select count(*) from lab.folders"));
    execute(app(), "delete from app.users where lower(email) = 'ann@example.com'");

    sqlFails("which-index", app(), "42P10", """
        -- tag::which-index[]
        insert into app.users (email, password_hash, role)
        values ('Ann@example.com', 'unknown', 'guest')
        on conflict (email) do update set role = excluded.role;
        -- end::which-index[]
        """);
    expect("a predicate that implies the index's will do", List.of("accepted", "42P10"), Stream.of(
            "where deleted_at is null and email <> ''", "").map(predicate -> outcome(() -> execute(app(), """
                begin;
                insert into app.users (email, password_hash) values ('Ann@example.com', 'unknown')
                on conflict (lower(email)) %s do nothing;
                rollback""".formatted(predicate)))).toList());

    sql("deleted-but-there", app(), """
        -- tag::deleted-but-there[]
        do $$ begin                                              -- as if she had never been here
          delete from app.posts where title = 'Hello from Ann';
          delete from app.users where lower(email) = 'ann@example.com';
        end $$;
        insert into app.users (email, password_hash) values ('ann@example.com', 'secret');
        insert into app.posts (author_id, title)
        select id, 'Hello from Ann' from app.users where email = 'ann@example.com';

        insert into app.users (email, password_hash, role)       -- the list of today
        values ('Ann@example.com', 'unknown', 'admin')
        on conflict (lower(email)) where deleted_at is null
        do update set role = excluded.role
        returning email, role, password_hash;

        update app.users set deleted_at = clock_timestamp()      -- she leaves
        where lower(email) = 'ann@example.com' and deleted_at is null returning deleted_at;
        update app.users set deleted_at = clock_timestamp()      -- her second click
        where lower(email) = 'ann@example.com' and deleted_at is null returning deleted_at;

        select title, email, deleted_at is not null as author_is_gone
        from app.posts join app.users u on u.id = author_id where title = 'Hello from Ann';
        -- end::deleted-but-there[]
        """);
    expect("her post stands beside a deleted author", 1L, value(Long.class, """
        select count(*) from app.posts join app.users u on u.id = author_id
        where title = 'Hello from Ann' and deleted_at is not null"""));

    sqlFails("still-referenced", app(), "23503", """
        -- tag::still-referenced[]
        delete from app.users where lower(email) = 'ann@example.com';
        -- end::still-referenced[]
        """);

    sql("moved-away", owner(), """
        -- tag::moved-away[]
        begin;
        create table lab.users_archive (like app.users);
        delete from app.posts where title = 'Hello from Ann';
        with removed as (
          delete from app.users where deleted_at is not null returning *
        )
        insert into lab.users_archive select * from removed;

        select (select count(*) from app.users) as users,
               (select count(*) from lab.users_archive) as in_the_archive;
        rollback;                                -- at work: commit
        -- end::moved-away[]
        """);
    execute(app(), "delete from app.posts where title = 'Hello from Ann'");
    expect("users who are removed, once their posts are gone", 1L, valueAs(app(), Long.class, """
        with removed as (delete from app.users where deleted_at is not null returning *)
        select count(*) from removed"""));

    sql("index-of-the-deleted", owner(), """
        -- tag::index-of-the-deleted[]
        drop table if exists lab.no_index, lab.whole_index, lab.small_index;
        create table lab.no_index (id int primary key, name text, deleted_at timestamptz)
        with (fillfactor = 90, autovacuum_enabled = off);
        create table lab.whole_index (like lab.no_index including indexes)
        with (fillfactor = 90, autovacuum_enabled = off);
        create table lab.small_index (like lab.no_index including indexes)
        with (fillfactor = 90, autovacuum_enabled = off);

        insert into lab.no_index
        select n, 'account ' || n, case when n % 50 = 0 then now() - n * interval '1 minute' end
        from generate_series(1, 200000) n;
        insert into lab.whole_index select * from lab.no_index;
        insert into lab.small_index select * from lab.no_index;
        create index whole on lab.whole_index (deleted_at);
        create index small on lab.small_index (deleted_at) where deleted_at is not null;

        begin;
        update lab.no_index    set deleted_at = now() where id % 50 = 1;
        update lab.whole_index set deleted_at = now() where id % 50 = 1;
        update lab.small_index set deleted_at = now() where id % 50 = 1;
        select relname as table, n_tup_upd as soft_deletes, n_tup_hot_upd as hot
        from pg_stat_xact_user_tables
        where relname in ('no_index', 'whole_index', 'small_index') order by hot desc, relname;
        commit;
        -- end::index-of-the-deleted[]
        """);
    expect("HOT without an index, with a whole one, with a small one", List.of(4000L, 0L, 0L),
        List.of(hot("no_index"), hot("whole_index"), hot("small_index")));

    sql("who-reads-the-deleted", owner(), """
        -- tag::who-reads-the-deleted[]
        reindex index lab.whole;
        reindex index lab.small;
        analyze lab.whole_index, lab.small_index;
        select pg_relation_size('lab.whole') / 1024 as whole_kb,
               pg_relation_size('lab.small') / 1024 as small_kb;

        explain (analyze, buffers, timing off, summary off)
        select * from lab.whole_index where deleted_at is null;  -- the living

        explain (analyze, buffers, timing off, summary off)
        select * from lab.small_index
        where deleted_at < now() - interval '100 days';          -- those gone for long
        -- end::who-reads-the-deleted[]
        """);
    expect("size of the whole index by that of the small one, wanted over 5",
        (double) kilobytes("lab.whole") / kilobytes("lab.small"), ratio -> ratio > 5);
    expect("whoever looks for the living reads the table", "Seq Scan",
        plan("select * from lab.whole_index where deleted_at is null").root().type());
    expect("the purge uses an index", "Bitmap Index Scan", nodes(
        plan("select * from lab.small_index where deleted_at < now() - interval '100 days'")).getLast().type());

    step("four-keys");                                           // tag::four-keys[]
    execute(admin(), "create extension if not exists pgstattuple schema lab");
    var keys = new LinkedHashMap<String, Grown>();
    keys.put("bigint", grown("bigint generated always as identity"));
    if (since(18, "uuidv7()")) {
        keys.put("uuid v7", grown("uuid default uuidv7()"));
    }
    keys.put("uuid v4", grown("uuid default gen_random_uuid()"));
    keys.put("v4 as text", grown("text default gen_random_uuid()::text"));

    var names = List.copyOf(keys.keySet());
    show(chart("size of the primary key, 275 000 rows", "MB", names,
        Map.of("index", keys.values().stream().map(Grown::megabytes).toList()))
        .over("type of the key"));
    show(chart("leaf pages that are out of order", "%", names,
        Map.of("fragmentation", keys.values().stream().map(Grown::fragmented).toList()))
        .over("type of the key"));
    show(chart("WAL of 25 000 more rows after a checkpoint", "MB", names,
        Map.of("WAL", keys.values().stream().map(Grown::wal).toList()))
        .over("type of the key"));
    expect("WAL of random keys by that of numbers, wanted over 2",
        keys.get("uuid v4").wal() / keys.get("bigint").wal(), ratio -> ratio > 2);
    // end::four-keys[]
    var bigint = keys.get("bigint");
    var random = keys.get("uuid v4");
    expect("size of random keys by that of numbers, wanted over 1.4",
        random.megabytes() / bigint.megabytes(), ratio -> ratio > 1.4);
    expect("size as text by size as uuid, wanted over 1.5",
        keys.get("v4 as text").megabytes() / random.megabytes(), ratio -> ratio > 1.5);
    expect("percent of pages out of order with random keys, wanted over 35",
        random.fragmented(), percent -> percent > 35);
    expect("and with rising ones, wanted under 5", bigint.fragmented(), percent -> percent < 5);
    if (version() >= 18) {
        var v7 = keys.get("uuid v7");
        expect("and with v7, wanted under 5", v7.fragmented(), percent -> percent < 5);
        expect("WAL of v7 by that of numbers, wanted under 1.6", v7.wal() / bigint.wal(), r -> r < 1.6);
    }

    step("trusting-an-id");                                      // tag::trusting-an-id[]
    var imports = new ArrayList<Import>();
    for (var kind : List.of("serial", "bigint generated by default as identity",
            "bigint generated always as identity")) {
        execute(owner(), "drop table if exists lab.notes; "
            + "create table lab.notes (id " + kind + " primary key, note text)");
        imports.add(new Import(kind,
            outcome(() -> execute(app(), "insert into lab.notes values (1, 'imported')")),
            outcome(() -> execute(app(), "insert into lab.notes (note) values ('new')"))));
    }
    show(imports);
    expect("how a new row ends after the import", List.of("23505", "23505", "accepted"),
        imports.stream().map(Import::new_row).toList());
    // end::trusting-an-id[]
    expect("only always refuses the import", List.of("accepted", "accepted", "428C9"),
        imports.stream().map(Import::imported).toList());

    sql("given-out-once", owner(), """
        -- tag::given-out-once[]
        begin;
        drop table if exists lab.notes;
        create table lab.notes (
          id bigint generated always as identity primary key, note text
        );
        insert into lab.notes (note) values ('first');
        commit;

        begin;
        insert into lab.notes (note) values ('rolled back');
        rollback;
        insert into lab.notes (note) values ('second');

        insert into lab.notes (id, note) overriding system value values (70, 'imported');
        select setval(pg_get_serial_sequence('lab.notes', 'id'), max(id)) from lab.notes;
        insert into lab.notes (note) values ('after the import');
        select * from lab.notes order by id;
        -- end::given-out-once[]
        """);
    expect("a rolled back insert leaves a gap", "{1,3,70,71}",
        value(String.class, "select array_agg(id order by id)::text from lab.notes"));
    expect("a serial ends where int does", "2200H", outcome(() -> execute(owner(), """
        create temp table t (id serial, n int);
        select setval('t_id_seq', 2147483647);
        insert into t (n) values (1)""")));

    step("no-secret");                                           // tag::no-secret[]
    execute(owner(), "drop table if exists lab.tickets; "
        + "create table lab.tickets (id uuid primary key, note text)");
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
        expect("of 9999 v7 in a row, greater than the one before", 9999L, value(Long.class, """
            select count(*) filter (where later) from (
              select id > lag(id) over (order by n) as later
              from (select n, uuidv7() as id from generate_series(1, 10000) n) made) compared"""));
    }
    // end::no-secret[]
    if (version() >= 18) {
        expect("a v7 publishes when its row was made", true, value(Boolean.class, "select "
            + "clock_timestamp() - uuid_extract_timestamp(uuidv7()) between '-1 s' and interval '5 s'"));
    }

    sql("closed-sets", owner(), """
        -- tag::closed-sets[]
        drop table if exists lab.enum_users, lab.check_users, lab.lookup_users, lab.roles;
        drop type if exists lab.role;
        create type lab.role as enum ('admin', 'user', 'guest');
        create table lab.enum_users (role lab.role);

        create table lab.check_users (
          role text constraint role_known check (role in ('admin', 'user', 'guest'))
        );

        create table lab.roles (code text primary key, position int not null unique);
        insert into lab.roles values ('admin', 1), ('user', 2), ('guest', 3);
        create table lab.lookup_users (role text references lab.roles on update cascade);

        insert into lab.enum_users   values ('guest'), ('user'), ('admin'), (null);
        insert into lab.check_users  values ('guest'), ('user'), ('admin'), (null);
        insert into lab.lookup_users values ('guest'), ('user'), ('admin'), (null);

        select role as by_enum, pg_column_size(role) as bytes from lab.enum_users order by role;
        select role as by_check, pg_column_size(role) as bytes from lab.check_users order by role;
        select count(*) as nopes_by_check from lab.check_users where role = 'nope';
        -- end::closed-sets[]
        """);
    expect("all three let null pass", "1 1 1", value(String.class, """
        select concat_ws(' ', (select count(*) from lab.enum_users where role is null),
          (select count(*) from lab.check_users where role is null),
          (select count(*) from lab.lookup_users where role is null))"""));
    expect("the enum sorts as declared, the words by the alphabet", "admin user guest, admin guest user",
        value(String.class, """
        select (select string_agg(role::text, ' ' order by role) from lab.enum_users) || ', '
            || (select string_agg(role, ' ' order by role) from lab.lookup_users)"""));

    sqlFails("no-such-role", app(), "22P02", """
        -- tag::no-such-role[]
        select count(*) as nopes_by_enum from lab.enum_users where role = 'nope';
        -- end::no-such-role[]
        """);

    step("role-from-java");                                      // tag::role-from-java[]
    var attempts = new ArrayList<Attempt>();
    for (var sql : List.of(
            "insert into lab.%s_users values ('nope')",
            "insert into lab.%s_users values (?)",
            "select from lab.%s_users where role = ?")) {
        attempts.add(new Attempt(sql.formatted("…"), bound(sql.formatted("enum"), "user"),
            bound(sql.formatted("check"), "user"), bound(sql.formatted("lookup"), "user")));
    }
    show(attempts);
    expect("with a cast to the enum", "accepted",
        bound("insert into lab.enum_users values (?::lab.role)", "user"));
    // end::role-from-java[]
    try (var connection = app().connect(); var insert = connection.prepareStatement(
            "insert into lab.enum_users values (?)")) {
        insert.setObject(1, "user", Types.OTHER);
        expect("rows inserted with a type that the driver does not name", 1, insert.executeUpdate());
    }
    expect("how the attempts ended", List.of(
            "22P02 23514 23503", "42804 accepted accepted", "42883 accepted accepted"),
        attempts.stream().map(a -> a.by_enum() + " " + a.by_check() + " " + a.by_lookup()).toList());

    step("changing-the-set");                                    // tag::changing-the-set[]
    makeUsers("enum");
    var ofEnum = List.of(
        changed("enum", "add", "alter type lab.role add value 'auditor'"),
        changed("enum", "rename", "alter type lab.role rename value 'guest' to 'visitor'"),
        changed("enum", "drop", "alter type lab.role drop value 'visitor'"),
        changed("enum", "a new type", """
            update lab.enum_users set role = 'user' where role = 'visitor';
            create type lab.role_new as enum ('admin', 'user', 'auditor');
            alter table lab.enum_users alter column role type lab.role_new
              using role::text::lab.role_new;
            drop type lab.role;
            alter type lab.role_new rename to role"""));
    show(ofEnum);
    expect("changes that wrote the table again", 1L, ofEnum.stream().filter(Change::rewritten).count());
    // end::changing-the-set[]
    expect("no value can be dropped from an enum", version() < 17 ? "42601" : "0A000", ofEnum.get(2).outcome());
    expect("adding and renaming take no lock on the table", List.of("", ""),
        ofEnum.stream().limit(2).map(Change::lock).toList());

    step("changing-the-check");                                  // tag::changing-the-check[]
    makeUsers("check");
    var ofCheck = List.of(
        changed("check", "add", """
            alter table lab.check_users drop constraint role_known, add constraint role_known
              check (role in ('admin', 'user', 'guest', 'auditor'))"""),
        changed("check", "rename", """
            alter table lab.check_users drop constraint role_known;
            update lab.check_users set role = 'visitor' where role = 'guest';
            alter table lab.check_users add constraint role_known
              check (role in ('admin', 'user', 'visitor', 'auditor'))"""),
        changed("check", "a new one, not valid", """
            alter table lab.check_users add constraint role_small
              check (role in ('admin', 'user', 'visitor')) not valid"""),
        changed("check", "validate", "alter table lab.check_users validate constraint role_small"));
    show(ofCheck);
    expect("rows read under the strong lock by a check that is not valid", 0L, ofCheck.get(2).read());
    // end::changing-the-check[]
    expect("the plain check reads all rows under the strong lock", "60000 AccessExclusive",
        ofCheck.getFirst().read() + " " + ofCheck.getFirst().lock());
    expect("validating reads them under the weak one", "60000 ShareUpdateExclusive",
        ofCheck.getLast().read() + " " + ofCheck.getLast().lock());

    step("changing-the-lookup");                                 // tag::changing-the-lookup[]
    makeUsers("lookup");
    var ofLookup = List.of(
        changed("lookup", "add", "insert into lab.roles values ('auditor', 4)"),
        changed("lookup", "rename", "update lab.roles set code = 'visitor' where code = 'guest'"),
        changed("lookup", "drop", "delete from lab.roles where code = 'visitor'"),
        changed("lookup", "move, then drop", """
            update lab.lookup_users set role = 'user' where role = 'visitor';
            delete from lab.roles where code = 'visitor'"""));
    show(ofLookup);
    expect("rows written by the rename", 20_000L, ofLookup.get(1).written());
    // end::changing-the-lookup[]
    expect("a value that somebody has stays", "23503", ofLookup.get(2).outcome());
    expect("no change of a lookup table takes a strong lock", List.of("", "RowExclusive", "", "RowExclusive"),
        ofLookup.stream().map(Change::lock).toList());

    step("used-too-soon");                                       // tag::used-too-soon[]
    var files = folder("enum-migrations");
    var shop = newDatabase("shop").owner();
    var flyway = Flyway.configure().dataSource(shop.url(), shop.user(), shop.password())
        .locations("filesystem:" + files).load();
    Files.writeString(files.resolve("V1__orders.sql"), """
        create type state as enum ('open', 'paid');
        create table orders (id bigint generated always as identity, state state not null);
        insert into orders (state) values ('open');
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
    expect("not even in a type of the same transaction, before 17", version() < 17 ? "55P04" : "accepted",
        outcome(() -> execute(owner(), """
            begin;
            create type lab.mood as enum ('calm');
            alter type lab.mood add value 'busy';
            select 'busy'::lab.mood;
            rollback""")));

    sql("generated", owner(), """
        -- tag::generated[]
        drop table if exists lab.prices;
        create table lab.prices (
          net_cents bigint not null check (net_cents >= 0),
          vat_rate  numeric(4, 2) not null check (vat_rate between 0 and 1),
          gross_cents bigint
            generated always as (round(net_cents * (1 + vat_rate))) stored
        );
        insert into lab.prices (net_cents, vat_rate) values (1000, 0.19), (999, 0.07);
        update lab.prices set vat_rate = 0.20 where net_cents = 1000;
        select * from lab.prices order by net_cents;
        -- end::generated[]
        """);
    expect("the gross price follows", "{1069,1200}", value(String.class,
        "select array_agg(gross_cents order by net_cents)::text from lab.prices"));

    sqlFails("written-by-nobody", app(), "428C9", """
        -- tag::written-by-nobody[]
        update lab.prices set gross_cents = 1;
        -- end::written-by-nobody[]
        """);

    step("stored-or-virtual");                                   // tag::stored-or-virtual[]
    execute(owner(), "alter table lab.prices drop column if exists kept_cents, "
        + "drop column if exists vat_cents");
    show(fails(() -> execute(owner(), "alter table lab.prices "
        + "add column seen_at timestamptz generated always as (now()) stored")));
    if (since(18, "a virtual generated column")) {
        var stored = writesAgain("alter table lab.prices add column kept_cents bigint "
            + "generated always as (round(net_cents * vat_rate)) stored");
        var unsaid = writesAgain("alter table lab.prices add column vat_cents bigint "
            + "generated always as (round(net_cents * vat_rate))");
        expect("writes the table again: stored, and without a word", List.of(true, false),
            List.of(stored, unsaid));
        show(query("""
            select attname, attgenerated from pg_attribute
            where attrelid = 'lab.prices'::regclass and attgenerated <> '' order by attnum"""));
        show(fails(() -> execute(owner(), "create index on lab.prices (vat_cents)")));
    }
    // end::stored-or-virtual[]

    sql("room-and-time", owner(), """
        -- tag::room-and-time[]
        create extension if not exists btree_gist schema lab;    -- room_id = in a GiST index
        drop table if exists lab.bookings;
        create table lab.bookings (
          id      bigint generated always as identity primary key,
          room_id int not null,
          during  tstzrange not null
            check (not isempty(during) and not lower_inf(during)),
          state   text not null default 'booked',
          exclude using gist (room_id with =, during with &&)
            where (state <> 'cancelled')
        );
        insert into lab.bookings (room_id, during, state) values
          (7, '[2026-05-01 09:00Z, 2026-05-01 10:00Z)', 'booked'),
          (7, '[2026-05-01 10:00Z, 2026-05-01 11:00Z)', 'booked'),     -- begins when it ends
          (7, '[2026-05-01 09:00Z, 2026-05-01 11:00Z)', 'cancelled'),  -- in nobody's way
          (8, '[2026-05-01 09:00Z, 2026-05-01 11:00Z)', 'booked');     -- another room
        select room_id, during, state from lab.bookings order by id;
        -- end::room-and-time[]
        """);
    expect("an overlap in the same statement, and an empty booking", List.of("23P01", "23514"), Stream.of(
            "(9, '[2026-05-01 09:00Z, 2026-05-01 11:00Z)'), (9, '[2026-05-01 10:00Z, 2026-05-01 12:00Z)')",
            "(9, 'empty')").map(rows -> outcome(() -> execute(app(),
                "insert into lab.bookings (room_id, during) values " + rows))).toList());

    step("no-two-at-once");                                      // tag::no-two-at-once[]
    execute(owner(), "truncate lab.bookings");
    var ann = session("Ann");
    var bob = session("Bob");
    ann.run("begin; " + booking("10:00Z", "12:00Z"));
    bob.start(booking("11:00Z", "13:00Z")).awaitBlocked();
    ann.run("commit");
    var taken = fails(bob::await);
    show(taken);
    bob.run(booking("12:00Z", "13:00Z"));                        // begins when hers ends
    show(lanes(ann, bob));

    var plain = race(8, "", 10);             // until the first 40P01, ten seconds at most
    var yielding = race(9, "on conflict do nothing", 3);
    show(List.of(plain, yielding));
    show(plain.ended_40P01() > 0 ? "Some waited for each other, until PostgreSQL ended them: 40P01."
        : "This time none of them waited for each other, so there is no 40P01.");
    expect("pairs of bookings that overlap", 0L, value(Long.class, """
        select count(*) from lab.bookings a join lab.bookings b
          on a.room_id = b.room_id and a.during && b.during and a.id < b.id"""));
    // end::no-two-at-once[]
    expect("the second booking waited for the first, and was refused", "23P01", sqlState(taken));
    expect("each hour that was booked is there", plain.booked() + yielding.booked(),
        value(Long.class, "select count(*) from lab.bookings where room_id in (8, 9)"));

    step("key-in-time");                                         // tag::key-in-time[]
    if (since(18, "a key in time, without overlaps")) {
        execute(owner(), """
            drop table if exists lab.bonuses, lab.contracts;
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
        expect("a bonus over both contracts", "accepted", outcome(() -> execute(app(),
            "insert into lab.bonuses values (1, '[2026-05-01, 2026-09-01)')")));
        show(fails(() -> execute(app(),
            "insert into lab.bonuses values (1, '[2026-12-01, 2027-02-01)')")));
    }
    // end::key-in-time[]

    step("large-values");                                        // tag::large-values[]
    execute(owner(), """
        drop table if exists lab.pictures;
        create table lab.pictures (id int primary key, title text not null, image bytea not null)
          with (autovacuum_enabled = off)""");
    var image = new byte[1_000_000];
    new Random(4).nextBytes(image);                              // nothing to compress
    try (var c = app().connect(); var insert = c.prepareStatement(
            "insert into lab.pictures values (?, 'Picture ' || ?, ?)")) {
        for (int id = 1; id <= 10; id++) {
            insert.setInt(1, id);
            insert.setInt(2, id);
            insert.setBinaryStream(3, new ByteArrayInputStream(image));   // or setBytes(3, image)
            insert.executeUpdate();
        }
    }
    show(query("""
        select pg_relation_size('lab.pictures') / 1024 as table_kb,
               pg_relation_size(reltoastrelid) / 1024 as beside_it_kb
        from pg_class where oid = 'lab.pictures'::regclass"""));
    var touched = List.of(pieces("select id, title from lab.pictures"),
        pieces("select id, octet_length(image) from lab.pictures"),
        pieces("select * from lab.pictures"),
        pieces("explain analyze select * from lab.pictures"),
        pieces("update lab.pictures set title = upper(title)"),
        pieces("update lab.pictures set image = image || '\\x00'"));
    show(touched);
    // end::large-values[]
    expect("pieces read", List.of(0L, 0L, 5020L, 0L, 0L, 10_040L), touched.stream().map(Pieces::read).toList());
    expect("pieces written", List.of(0L, 0L, 0L, 0L, 0L, 5020L), touched.stream().map(Pieces::written).toList());
    if (version() >= 17) {
        expect("pieces read by explain with serialize", 5020L,
            pieces("explain (analyze, serialize) select * from lab.pictures").read());
    }

    step("large-objects");                                       // tag::large-objects[]
    execute(owner(), """
        drop table if exists lab.films;
        create table lab.films (title text primary key, content oid not null)""");
    removeLargeObjects();
    try (var c = app().connect(); var insert = c.prepareStatement(
            "insert into lab.films values ('Metropolis', ?)")) {
        var objects = c.unwrap(PGConnection.class).getLargeObjectAPI();
        show(fails(() -> objects.createLO()));                   // with autocommit
        c.setAutoCommit(false);
        var oid = objects.createLO();
        try (var film = objects.open(oid); var stream = film.getOutputStream()) {
            for (int megabyte = 0; megabyte < 5; megabyte++) {
                stream.write(image);                             // piece by piece
            }
        }
        insert.setLong(1, oid);
        insert.executeUpdate();
        try (var film = objects.open(oid)) {
            film.seek64(3_000_000, LargeObject.SEEK_SET);        // somewhere in the middle
            expect("bytes read of five million", 1000, film.read(1000).length);
        }
        c.commit();
    }
    execute(app(), "delete from lab.films");
    var left = query("""
        select lomowner::regrole as owner, count(*) as objects_of_no_row
        from pg_largeobject_metadata
        where oid not in (select content from lab.films) group by lomowner""");
    show(left);
    // end::large-objects[]
    expect("objects whose row is deleted", "1", left.rows().getFirst().getLast().orElseThrow());
    expect("who owns the table may not read the app's film", "42501", outcome(() -> execute(owner(),
        "select length(lo_get(oid)) from pg_largeobject_metadata where lomowner = 'course_app'::regrole")));
    removeLargeObjects();

    step("what-stays");                                          // tag::what-stays[]
    execute(owner(), "drop schema if exists lab cascade");
    show(migrate());
    // end::what-stays[]
}

/** A visit by a program whose JVM has another default zone. */
void insertVisitFrom(String zone) throws SQLException {
    var home = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
        execute(app(), "insert into lab.visits (who) values ('JVM, session ' || current_setting('timezone'))");
    } finally {
        TimeZone.setDefault(home);
    }
}

/** Whether a timestamp that becomes a timestamptz in a session of this zone gets a new file. */
boolean rewritten(String zone, String using) throws SQLException {
    try (var connection = owner().connect(); var statement = connection.createStatement()) {
        statement.execute("set timezone = '" + zone + "'; drop table if exists lab.walls; "
            + "create table lab.walls (t timestamp); insert into lab.walls values (now())");
        var file = "select pg_relation_filenode('lab.walls')::int8";
        var before = value(Long.class, file);
        statement.execute("alter table lab.walls alter column t type timestamptz " + using);
        return !before.equals(value(Long.class, file));
    }
}

/** How the second of two inserts ends under a unique index, in four situations. */
record Rule(String unique_index, String back_again, String two_alive, String other_case, String two_gone_at_once) {
    List<String> ends() {
        return List.of(back_again, two_alive, other_case, two_gone_at_once);
    }
}

/** How the second of two inserts into an empty table of people ends. */
String second(String first, String second) throws SQLException {
    execute(owner(), "truncate lab.people");
    execute(app(), first);
    return outcome(() -> execute(app(), second));
}

/** The HOT updates of 4000 more soft deletes, rolled back. */
long hot(String table) throws SQLException {
    try (var connection = owner().connect(); var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("update lab." + table + " set deleted_at = now() where id % 50 = 2");
        try (var row = statement.executeQuery("select n_tup_hot_upd from pg_stat_xact_user_tables "
                + "where relid = 'lab." + table + "'::regclass")) {
            row.next();
            return row.getLong(1);
        } finally {
            connection.rollback();
        }
    }
}

/** A primary key of 275 000 rows: its size, its pages out of order, the WAL of the last 25 000 of them. */
record Grown(double megabytes, double fragmented, double wal) { }

/** Fills a table with such a key. The superuser makes the checkpoint, and looks into the index. */
Grown grown(String key) throws SQLException {
    execute(owner(), "drop table if exists lab.keyed; "
        + "create table lab.keyed (id " + key + " primary key, n int) with (autovacuum_enabled = off)");
    execute(owner(), "insert into lab.keyed (n) select generate_series(1, 250000)");
    execute(admin(), "checkpoint");                              // now pages are logged whole
    var before = value(String.class, "select pg_current_wal_insert_lsn()::text");
    execute(owner(), "insert into lab.keyed (n) select generate_series(1, 25000)");
    var wal = value(Double.class, "select pg_wal_lsn_diff("
        + "pg_current_wal_insert_lsn(), ?::text::pg_lsn)::float8 / 1048576", before);
    return new Grown(
        value(Double.class, "select pg_relation_size('lab.keyed_pkey')::float8 / 1048576"),
        valueAs(admin(), Double.class, "select leaf_fragmentation from lab.pgstatindex('lab.keyed_pkey')"), wal);
}

/** How an import ends that brings an id, and how a row ends that comes after it without one. */
record Import(String id, String imported, String new_row) { }

/** How the same statement ends for the three ways to close a set. */
record Attempt(String statement, String by_enum, String by_check, String by_lookup) { }

/** How a statement ends whose parameters are Strings of Java. */
String bound(String sql, String role) {
    return outcome(() -> {
        try (var connection = app().connect(); var statement = connection.prepareStatement(sql)) {
            if (statement.getParameterMetaData().getParameterCount() > 0) {
                statement.setString(1, role);
            }
            statement.execute();
        }
    });
}

/** 60 000 users, a third of them guests, whose role is closed by an enum, a check or a lookup table. */
void makeUsers(String kind) throws SQLException {
    execute(owner(), "drop table if exists lab." + kind + "_users" + (kind.equals("lookup") ? ", lab.roles" : ""));
    execute(owner(), switch (kind) {
        case "enum" -> """
            drop type if exists lab.role;
            create type lab.role as enum ('admin', 'user', 'guest');
            create table lab.enum_users (role lab.role)""";
        case "check" -> """
            create table lab.check_users (role text
              constraint role_known check (role in ('admin', 'user', 'guest')))""";
        default -> """
            create table lab.roles (code text primary key, position int not null unique);
            insert into lab.roles values ('admin', 1), ('user', 2), ('guest', 3);
            create table lab.lookup_users (role text references lab.roles on update cascade);
            create index on lab.lookup_users (role)""";          // the foreign key will ask
    });
    execute(owner(), """
        alter table lab.%1$s_users set (autovacuum_enabled = off);
        insert into lab.%1$s_users
        select (array['admin', 'user', 'guest'])[1 + n %% 3]%2$s from generate_series(1, 60000) n;
        analyze lab.%1$s_users""".formatted(kind, kind.equals("enum") ? "::lab.role" : ""));
}

/** A change to a set of values: how it ended, the strongest lock it took, the rows it touched. */
record Change(String change, String outcome, String lock, boolean rewritten, long read, long written) { }

/** Makes a change in a transaction of its own, and looks at the table of users before it commits. */
Change changed(String kind, String name, String sql) throws Exception {
    var table = "lab." + kind + "_users";
    var file = "select pg_relation_filenode('" + table + "')::int8";
    var before = value(Long.class, file);
    try (var migration = session("migration", owner())) {
        migration.run("begin");
        var outcome = outcome(() -> migration.run(sql));
        if (!outcome.equals("accepted")) {
            return new Change(name, outcome, "", false, 0, 0);
        }
        var lock = valueAs(admin(), String.class, """
            select coalesce((select replace(mode, 'Lock', '') from pg_locks
              where relation = ?::text::regclass and pid = ? and mode <> 'AccessShareLock'
              order by array_position(array['AccessExclusiveLock', 'ShareUpdateExclusiveLock',
                                            'RowExclusiveLock'], mode) limit 1), '')
            """, table, migration.pid());
        var touched = "select %s from pg_stat_xact_user_tables where relid = '" + table + "'::regclass";
        var read = Long.parseLong(migration.value(touched.formatted("seq_tup_read")));
        var written = Long.parseLong(migration.value(touched.formatted("n_tup_upd")));
        migration.run("commit");
        return new Change(name, outcome, lock, !before.equals(value(Long.class, file)), read, written);
    }
}

/** Whether a change gives the prices a new file. */
boolean writesAgain(String change) throws SQLException {
    var file = "select pg_relation_filenode('lab.prices')::int8";
    var before = value(Long.class, file);
    execute(owner(), change);
    return !before.equals(value(Long.class, file));
}

/** How many pieces of the pictures, beside their table, a statement reads and writes. */
record Pieces(String statement, long read, long written) { }

/** Counts them in a transaction, which sees what it did itself, and rolls back. */
Pieces pieces(String statement) throws SQLException {
    try (var c = app().connect(); var s = c.createStatement()) {
        c.setAutoCommit(false);
        s.execute(statement);
        try (var counted = s.executeQuery("""
                select idx_tup_fetch, n_tup_ins from pg_stat_xact_all_tables
                where relid = (select reltoastrelid from pg_class where oid = 'lab.pictures'::regclass)""")) {
            counted.next();
            var pieces = new Pieces(statement, counted.getLong(1), counted.getLong(2));
            c.rollback();
            return pieces;
        }
    }
}

/** Removes all large objects of the app, whose rows are gone. */
void removeLargeObjects() throws SQLException {
    execute(app(), "select lo_unlink(oid) from pg_largeobject_metadata where lomowner = current_user::regrole");
}

/** A booking of room 7. */
String booking(String from, String to) {
    return "insert into lab.bookings (room_id, during) values (7, '[2026-05-01 %s, 2026-05-01 %s)')".formatted(from, to);
}

/** What came of trying to book one hour after the other. Who comes second is refused, or not waited for. */
record Race(String insert, long tries, long booked, long refused, long ended_40P01) { }

/** Twelve clients go for the next free hour of a room until there is a 40P01, for so many seconds at most. */
Race race(int room, String ending, int seconds) throws Exception {
    var sql = "insert into lab.bookings (room_id, during) select ?, tstzrange(t, t + interval '1 hour') "
        + "from (select timestamptz '2026-05-01 00:00Z' + ? * interval '1 hour') v (t) " + ending;
    var nextHour = new AtomicInteger();
    var ends = new ConcurrentHashMap<String, LongAdder>();
    var until = System.nanoTime() + seconds * 1_000_000_000L;
    var clients = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int client = 0; client < 12; client++) {
            clients.add(threads.submit(() -> {
                try (var connection = app().connect(); var insert = connection.prepareStatement(sql)) {
                    while (System.nanoTime() < until && !ends.containsKey("40P01")) {
                        insert.setInt(1, room);
                        insert.setInt(2, nextHour.get());
                        var end = ended(insert);
                        if (end.equals("booked")) {
                            nextHour.incrementAndGet();
                        }
                        ends.computeIfAbsent(end, key -> new LongAdder()).increment();
                    }
                }
                return null;
            }));
        }
    }
    for (var client : clients) {
        client.get();
    }
    var counted = new TreeMap<String, Long>();
    ends.forEach((end, count) -> counted.put(end, count.sum()));
    return new Race(("insert … " + ending).strip(), counted.values().stream().mapToLong(n -> n).sum(),
        counted.getOrDefault("booked", 0L), counted.getOrDefault("refused", 0L), counted.getOrDefault("40P01", 0L));
}

/** How a booking ends: "booked", "refused" (23P01, or no row where it says do nothing), or "40P01". */
String ended(PreparedStatement insert) throws SQLException {
    try {
        return insert.executeUpdate() == 1 ? "booked" : "refused";
    } catch (SQLException e) {
        switch (e.getSQLState()) {
            case "23P01" -> { return "refused"; }
            case "40P01" -> { return "40P01"; }
            default -> throw e;
        }
    }
}

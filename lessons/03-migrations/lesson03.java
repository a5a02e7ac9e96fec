///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.sql;
import kernel.output.Output;
import org.flywaydb.core.Flyway;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import static script.Script.*;

/** Migrations, first as Flyway runs them, then as the database lives through them. */
void main(String... args) throws Exception {
    begin("03-migrations", args);

    sql("no-primary-key", owner(), """
        -- tag::no-primary-key[]
        create schema if not exists lab;         -- the workbench of this lesson
        drop table if exists lab.users;
        create table lab.users (                 -- what a changelog of Liquibase turns into
          id            uuid,
          email         varchar(255) not null,
          password_hash varchar(255) not null,
          created_at    timestamp without time zone default now() not null,
          unique (email)
        );
        create index users_email_index on lab.users (email);

        insert into lab.users (id, email, password_hash) values
          ('00000000-0000-0000-0000-000000000001', 'ann@example.com', 'x'),
          ('00000000-0000-0000-0000-000000000001', 'bob@example.com', 'x'),
          (null,                                   'eve@example.com', 'x');

        select count(*) as users, count(distinct id) as ids from lab.users;
        select indexname, indexdef from pg_indexes where schemaname = 'lab' order by indexname;
        -- end::no-primary-key[]
        """);
    expect("ids of the three users", 1L,
        valueAs(owner(), Long.class, "select count(distinct id) from lab.users"));
    expect("indexes on the e-mail alone", 2L, valueAs(owner(), Long.class,
        "select count(*) from pg_index where indrelid = 'lab.users'::regclass"));

    step("first-migration");                                     // tag::first-migration[]
    execute(owner(), """
        drop schema if exists app cascade;
        drop table if exists flyway_schema_history""");
    var migrations = folder("migrations");
    Files.writeString(migrations.resolve("V1__roles.sql"),
        roles("('admin', 'Administrator'), ('user', 'User')"));
    Files.writeString(migrations.resolve("V2__users.sql"), """
        create table app.users (
          id            uuid primary key default ${new_id},
          email         text not null check (email = btrim(email)),
          password_hash text not null,
          role          text not null default 'user' references app.roles,
          created_at    timestamptz not null default now(),
          updated_at    timestamptz not null default now(),
          deleted_at    timestamptz
        );
        create unique index users_email_live
          on app.users (lower(email)) where deleted_at is null;
        """);
    var flyway = Flyway.configure()
        .dataSource(owner().url(), owner().user(), owner().password())
        .locations("filesystem:" + migrations)
        .placeholders(Map.of("new_id", version() < 18 ? "gen_random_uuid()" : "uuidv7()"))
        .load();
    expect("files that ran at the first start", 2, flyway.migrate().migrationsExecuted);
    expect("and at the second start", 0, flyway.migrate().migrationsExecuted);
    show(history());
    // end::first-migration[]
    expect("each file has one row in the history", 2L,
        valueAs(owner(), Long.class, "select count(*) from flyway_schema_history"));

    step("failed-migration");                                    // tag::failed-migration[]
    Files.writeString(migrations.resolve("V3__posts.sql"), """
        alter table app.users add column nickname text;
        create table app.posts (
          id         uuid primary key default ${new_id},
          author_id  uuid not null references app.users,
          title      text not null,
          content    text,
          created_at timestamptz not null default now()
        );
        create index posts_author_date on app.posts (author_id, created_at desk);
        """);
    var slip = fails(flyway::migrate);
    show(slip);
    show(history());
    expect("what is there of V3", "nothing", value(String.class, """
        select coalesce(to_regclass('app.posts')::text,
          (select attname::text from pg_attribute
           where attrelid = 'app.users'::regclass and attname = 'nickname'), 'nothing')"""));
    // end::failed-migration[]
    expect("PostgreSQL refused the slip", "42704", sqlState(slip));

    sql("undo-a-drop", owner(), """
        -- tag::undo-a-drop[]
        begin;
        drop table app.users;
        select to_regclass('app.users') as users_inside;
        rollback;
        select to_regclass('app.users') as users_afterwards;
        -- end::undo-a-drop[]
        """);
    expect("the table is back", "app.users", value(String.class, "select to_regclass('app.users')::text"));

    step("edited-file");                                         // tag::edited-file[]
    forget(migrations, "delete from app.roles where code = 'guest'", "V4__guests.sql");
    Files.writeString(migrations.resolve("V3__posts.sql"),
        Files.readString(migrations.resolve("V3__posts.sql")).replace("desk", "desc"));
    flyway.migrate();                                            // never applied: free to mend

    Files.writeString(migrations.resolve("V1__roles.sql"),
        roles("('admin', 'Administrator'), ('user', 'User'), ('guest', 'Guest')"));
    show(fails(flyway::migrate));

    flyway.repair();
    expect("after repair, files to run", 0, flyway.migrate().migrationsExecuted);
    expect("guests among the roles", 0L,
        value(Long.class, "select count(*) from app.roles where code = 'guest'"));

    Files.writeString(migrations.resolve("V1__roles.sql"),
        roles("('admin', 'Administrator'), ('user', 'User')"));
    flyway.repair();
    Files.writeString(migrations.resolve("V4__guests.sql"),
        "insert into app.roles values ('guest', 'Guest');");
    expect("the change arrives as a file of its own", 1, flyway.migrate().migrationsExecuted);
    // end::edited-file[]
    Files.writeString(migrations.resolve("V1__roles.sql"),
        roles("('admin', 'Administrator'), ('user', 'User')").replace("\n", "\r\n") + "\n\n");
    expect("line endings and empty lines are no edit", 0, flyway.migrate().migrationsExecuted);
    Files.writeString(migrations.resolve("V1__roles.sql"),
        roles("('admin', 'Administrator'), ('user', 'User')"));

    step("late-and-repeatable");                                 // tag::late-and-repeatable[]
    forget(migrations, """
        drop table if exists app.categories;
        drop function if exists app.touch cascade""", "V6__categories.sql", "V5__touch.sql");
    Files.writeString(migrations.resolve("V6__categories.sql"), """
        create table app.categories (
          id   bigint generated always as identity primary key,
          name text not null unique
        );
        """);
    flyway.migrate();
    Files.writeString(migrations.resolve("V5__touch.sql"), """
        create function app.touch() returns trigger language plpgsql as $$
        begin
          new.created_at := old.created_at;
          new.updated_at := now();
          return new;
        end $$;
        create trigger users_touch before update on app.users
          for each row when (old.* is distinct from new.*) execute function app.touch();
        """);
    show(fails(flyway::migrate));                                // a colleague merged V5 after V6
    var tolerant = Flyway.configure().configuration(flyway.getConfiguration())
        .outOfOrder(true).load();
    expect("out of order, files that run", 1, tolerant.migrate().migrationsExecuted);
    show(history());
    // end::late-and-repeatable[]

    step("repeatable");                                          // tag::repeatable[]
    forget(migrations, "drop view if exists app.live_users", "R__live_users.sql");
    var view = """
        create or replace view app.live_users with (security_invoker = true) as
        select id, email, role from app.users where deleted_at is null;
        """;
    Files.writeString(migrations.resolve("R__live_users.sql"), view);
    expect("a repeatable file runs", 1, flyway.migrate().migrationsExecuted);
    expect("unchanged, it does not run again", 0, flyway.migrate().migrationsExecuted);
    Files.writeString(migrations.resolve("R__live_users.sql"),
        view.replace("email, role", "email, role, created_at"));
    expect("edited, it does", 1, flyway.migrate().migrationsExecuted);

    Files.writeString(migrations.resolve("R__live_users.sql"), view);
    var narrower = fails(flyway::migrate);                       // a column less
    show(narrower);
    Files.writeString(migrations.resolve("R__live_users.sql"),
        view.replace("email, role", "email, role, created_at"));
    show(history());
    // end::repeatable[]
    expect("replacing takes no column away", "42P16", sqlState(narrower));

    step("baseline");                                            // tag::baseline[]
    var files = folder("legacy-migrations");
    Files.writeString(files.resolve("V1__invoices.sql"), "create table invoices (id bigint);");
    Files.writeString(files.resolve("V2__payments.sql"), "create table payments (id bigint);");
    var legacy = newDatabase("legacy").owner();
    execute(legacy, "create table customers (id bigint)");       // older than Flyway
    var adopting = Flyway.configure()
        .dataSource(legacy.url(), legacy.user(), legacy.password())
        .locations("filesystem:" + files);
    show(fails(() -> adopting.load().migrate()));

    adopting.baselineOnMigrate(true).load().migrate();
    show(queryAs(legacy, "select version, description, type, success from flyway_schema_history"));
    show(queryAs(legacy, "select relname from pg_class where relname in ('invoices', 'payments')"));
    expect("V1 was skipped without a word", false,
        valueAs(legacy, Boolean.class, "select to_regclass('invoices') is not null"));

    execute(legacy, "drop table flyway_schema_history, payments");
    adopting.baselineVersion("0").load().migrate();              // below the first file
    expect("baseline 0 skips nothing", true, valueAs(legacy, Boolean.class,
        "select to_regclass('invoices') is not null and to_regclass('payments') is not null"));
    // end::baseline[]

    step("two-instances");                                       // tag::two-instances[]
    var fleet = newDatabase("fleet").owner();
    Callable<Integer> instance = () -> Flyway.configure().configuration(flyway.getConfiguration())
        .dataSource(fleet.url(), fleet.user(), fleet.password())
        .load().migrate().migrationsExecuted;
    try (var instances = Executors.newFixedThreadPool(2)) {
        var ran = instances.invokeAll(List.of(instance, instance), 60, TimeUnit.SECONDS);
        show("first instance: " + ran.get(0).get() + " migrations, "
            + "second instance: " + ran.get(1).get());
        expect("together they ran each file once", 7, ran.get(0).get() + ran.get(1).get());
    }
    // end::two-instances[]
    var slow = folder("slow-migrations");
    Files.writeString(slow.resolve("V1__slow.sql"), "select pg_sleep(4);");
    var busy = newDatabase("busy").owner();
    var impatient = Flyway.configure().dataSource(busy.url(), busy.user(), busy.password())
        .locations("filesystem:" + slow).lockRetryCount(1).load();
    var first = CompletableFuture.runAsync(impatient::migrate);
    await("the first instance works", () -> valueAs(busy, Long.class,
        "select count(*) from pg_stat_activity where wait_event = 'PgSleep'") > 0);
    expect("the second gives up", fails(impatient::migrate).getMessage(),
        message -> message.startsWith("Number of retries exceeded"));
    first.join();

    step("no-way-back");                                         // tag::no-way-back[]
    show(fails(flyway::undo));
    show(fails(flyway::clean));

    forget(migrations, "insert into app.roles values ('guest', 'Guest') on conflict do nothing",
        "V7__no_guests.sql");
    Files.writeString(migrations.resolve("V7__no_guests.sql"), """
        update app.users set role = 'user' where role = 'guest';
        delete from app.roles where code = 'guest';
        """);
    expect("back is one more step forward", 1, flyway.migrate().migrationsExecuted);
    expect("guests among the roles", 0L,
        value(Long.class, "select count(*) from app.roles where code = 'guest'"));
    // end::no-way-back[]

    step("index-that-hangs");                                    // tag::index-that-hangs[]
    forget(migrations, "drop index if exists app.users_by_date", "V8__users_by_date.sql");
    Files.writeString(migrations.resolve("V8__users_by_date.sql"), """
        create index concurrently users_by_date on app.users (created_at);
        """);
    var hanging = CompletableFuture.supplyAsync(() -> fails(flyway::migrate));

    await("the migration waits for a transaction to end", () -> waiting().isPresent());
    show(queryAs(owner(), """
        select pid, pg_blocking_pids(pid) as waits_for, state, wait_event,
               backend_xmin is not null as has_snapshot, left(query, 25) as query
        from pg_stat_activity
        where datname = current_database() and backend_type = 'client backend'
          and state <> 'idle' and pid <> pg_backend_pid()
        order by backend_start"""));

    execute(owner(), "select pg_cancel_backend(" + waiting().get() + ")");   // or it hangs for ever
    show(hanging.orTimeout(20, TimeUnit.SECONDS).join());
    show(indexes());
    // end::index-that-hangs[]
    expect("the migration ended because it was cancelled", "57014", sqlState(hanging.join()));
    expect("what the history says of it", 0L,
        valueAs(owner(), Long.class, "select count(*) from flyway_schema_history where version = '8'"));
    expect("the cancelled index is there, and invalid, and kept up to date", "f t",
        valueAs(owner(), String.class, "select concat_ws(' ', indisvalid, indisready) "
            + "from pg_index where indexrelid = 'app.users_by_date'::regclass"));

    step("index-that-works");                                    // tag::index-that-works[]
    forget(migrations, "drop index if exists app.users_by_date",
        "V8__users_by_date.sql", "V9__users_by_date_again.sql");
    interrupt("create index concurrently users_by_date on app.users (created_at)");
    var patient = Flyway.configure().configuration(flyway.getConfiguration());
    patient.getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);

    Files.writeString(migrations.resolve("V8__users_by_date.sql"), """
        create index concurrently if not exists users_by_date on app.users (created_at);
        """);
    expect("Flyway is content", true, patient.load().migrate().success);
    expect("the index is still invalid", false, valid("app.users_by_date"));

    Files.writeString(migrations.resolve("V9__users_by_date_again.sql"), """
        drop index concurrently if exists app.users_by_date;
        create index concurrently users_by_date on app.users (created_at);
        """);
    patient.load().migrate();
    expect("dropped and created, it is valid", true, valid("app.users_by_date"));

    Files.writeString(migrations.resolve("V10__posts_by_title.sql"), """
        alter table app.posts add column subtitle text;
        create index concurrently posts_by_title on app.posts (title);
        """);
    show(fails(() -> patient.load().migrate()));
    Files.delete(migrations.resolve("V10__posts_by_title.sql"));
    // end::index-that-works[]
    execute(owner(), "drop index app.users_by_date");
    interrupt("create index concurrently users_by_date on app.users (created_at)");
    execute(owner(), "reindex index concurrently app.users_by_date");
    expect("made again in its place, it is valid", true, valid("app.users_by_date"));
    var byTitle = migrations.resolve("V10__posts_by_title.sql");
    Files.writeString(byTitle, """
        set lock_timeout = 0;
        create index concurrently posts_by_title on app.posts (title);
        reset lock_timeout;
        """);
    expect("a setting is a statement of the other kind", "",
        sqlState(fails(() -> patient.load().migrate())));
    var settings = migrations.resolve("V10__posts_by_title.sql.conf");
    Files.writeString(settings, "executeInTransaction=false\n");
    expect("unless a file beside it says what is meant", 1, patient.load().migrate().migrationsExecuted);
    Files.delete(settings);
    forget(migrations, "drop index app.posts_by_title", "V10__posts_by_title.sql");

    Files.writeString(byTitle, "create index concurrently posts_by_title on app.posts (titled);");
    expect("a slip outside of a transaction", "42703", sqlState(fails(() -> patient.load().migrate())));
    expect("the history says that it failed", false, valueAs(owner(), Boolean.class,
        "select success from flyway_schema_history where version = '10'"));
    expect("and Flyway does not try again", "",
        sqlState(fails(() -> patient.load().migrate())));
    flyway.repair();
    expect("repair removes the row", 0L,
        valueAs(owner(), Long.class, "select count(*) from flyway_schema_history where version = '10'"));
    forget(migrations, "drop index if exists app.posts_by_title", "V10__posts_by_title.sql");

    sql("rewrite-or-not", owner(), """
        -- tag::rewrite-or-not[]
        drop table if exists lab.members;
        create table lab.members with (autovacuum_enabled = off) as
        select n as id, ('user' || n || '@example.com')::varchar(50) as email
        from generate_series(1, 100000) n;

        create or replace function lab.rewrites(change text) returns boolean language plpgsql as $$
        declare
          file oid := pg_relation_filenode('lab.members');
        begin
          execute 'alter table lab.members ' || change;
          return file <> pg_relation_filenode('lab.members');
        end $$;

        select change, lab.rewrites(change) as rewritten
        from (values
          ('add column logins int not null default 7'),
          ('add column seen_at timestamptz not null default now()'),
          ('add column token uuid not null default gen_random_uuid()'),
          ('alter column logins type bigint'),
          ('alter column email type varchar(100)'),
          ('alter column email type text'),
          ('alter column email type varchar(50)')) changes (change);
        -- end::rewrite-or-not[]
        """);
    expect("these gave the table a new file",
        List.of("add column c uuid not null default gen_random_uuid()", "alter column a type bigint",
            "alter column email type varchar(50)"),
        Stream.of("add column a int not null default 7",
            "add column b timestamptz not null default now()",
            "add column c uuid not null default gen_random_uuid()",
            "alter column a type bigint", "alter column email type varchar(100)",
            "alter column email type text", "alter column email type varchar(50)")
            .filter(change -> rewrites(change)).toList());

    step("lock-queue");                                          // tag::lock-queue[]
    execute(owner(), "alter table app.users drop column if exists phone, drop column if exists fax");
    var reader = session("reader");
    var migration = session("migration", owner());
    var visitor = session("visitor");

    reader.run("begin; select count(*) from app.users where role = 'admin'");
    migration.start("alter table app.users add column phone text").awaitBlocked();
    visitor.start("select email from app.users limit 1").awaitBlocked();
    Thread.sleep(300);                                           // the reader is on the telephone
    reader.run("commit");
    migration.await();
    visitor.await();

    migration.run("set lock_timeout = '200ms'");                 // the cure
    reader.run("begin; select count(*) from app.users where role = 'admin'");
    var refused = fails(() -> migration.run("alter table app.users add column fax text"));
    show(refused);
    visitor.run("select email from app.users limit 1");          // nobody stands in its way
    reader.run("commit");
    migration.run("alter table app.users add column fax text");  // try again, and again
    show(lanes(reader, migration, visitor));
    // end::lock-queue[]
    expect("the migration gave up waiting", "55P03", sqlState(refused));

    sql("not-null", owner(), """
        -- tag::not-null[]
        begin;
        create or replace view lab.held as select mode as lock from pg_locks
        where relation = to_regclass('lab.members') and pid = pg_backend_pid();
        alter table lab.members drop column if exists country;
        alter table lab.members add column country text default 'FR';
        commit;

        begin;
        alter table lab.members
          add constraint country_known check (country is not null) not valid;
        select 'add the check, not valid' as statement, lock from lab.held;
        commit;
        begin;
        alter table lab.members validate constraint country_known;
        select 'validate it' as statement, lock from lab.held;
        commit;
        begin;
        alter table lab.members alter column country set not null;
        select 'set not null' as statement, lock from lab.held;
        commit;
        begin;
        alter table lab.members drop constraint country_known;
        select 'drop the check' as statement, lock from lab.held;
        commit;
        -- end::not-null[]
        """);
    expect("country is not null now", true, valueAs(owner(), Boolean.class, """
        select attnotnull from pg_attribute
        where attrelid = 'lab.members'::regclass and attname = 'country'"""));
    expect("only validating leaves readers and writers alone",
        List.of("AccessExclusiveLock", "ShareUpdateExclusiveLock", "AccessExclusiveLock",
            "AccessExclusiveLock"),
        Stream.of("add constraint email_known check (email is not null) not valid",
            "validate constraint email_known", "alter column email set not null",
            "drop constraint email_known").map(change -> changed(change).lock()).toList());
    execute(owner(), "alter table lab.members alter column email drop not null");

    step("who-reads");                                           // tag::who-reads[]
    execute(owner(), """
        alter table lab.members drop constraint if exists email_known,
          alter column email drop not null, alter column id drop not null""");
    var statements = List.of(
        said("add constraint email_known check (email is not null) not valid"),
        said("validate constraint email_known"),
        said("alter column email set not null"),
        said("alter column id set not null"));                   // and nothing proves it
    show(statements);
    expect("these read all rows",
        List.of("validate constraint email_known", "alter column id set not null"),
        statements.stream().filter(said -> said.message().startsWith("verifying"))
            .map(Said::statement).toList());
    // end::who-reads[]

    step("not-null-in-18");                                      // tag::not-null-in-18[]
    if (since(18, "a NOT NULL that is not valid yet")) {
        execute(owner(), "alter table lab.members drop column if exists city");
        execute(owner(), "alter table lab.members add column city text");
        show(fails(() -> execute(owner(), "alter table lab.members alter city set not null")));

        var changes = new ArrayList<Change>();
        changes.add(changed("add constraint city_known not null city not valid"));
        expect("a new row without a city", "23502",
            outcome(() -> execute(owner(), "insert into lab.members (id) values (0)")));
        expect("an old row that is changed without one", "23502",
            outcome(() -> execute(owner(), "update lab.members set logins = 8 where id = 1")));
        execute(owner(), "update lab.members set city = 'Lyon'");
        changes.add(changed("validate constraint city_known"));
        show(changes);
        expect("the lock of each", List.of("AccessExclusiveLock", "ShareUpdateExclusiveLock"),
            changes.stream().map(Change::lock).toList());
    }
    // end::not-null-in-18[]

    sqlFails("rename-at-once", owner(), "42703", """
        -- tag::rename-at-once[]
        begin;
        alter table app.posts rename content to body;

        insert into app.posts (author_id, title, content)        -- the old program
        select id, 'from the old program', 'old' from app.users limit 1;
        -- end::rename-at-once[]
        """);

    sql("rename", owner(), """
        -- tag::rename[]
        begin;
        insert into app.users (email, password_hash) values ('ann@example.com', 'x')
        on conflict (lower(email)) where deleted_at is null do update set password_hash = 'x';
        drop trigger if exists posts_body on app.posts;
        alter table app.posts drop column if exists body, add column if not exists content text;
        truncate app.posts;
        insert into app.posts (author_id, title, content)
        select id, 'before the change', 'old' from app.users where email = 'ann@example.com';
        commit;

        begin;
        alter table app.posts add column body text;
        create or replace function app.posts_body() returns trigger language plpgsql as $$
        begin
          if tg_op = 'INSERT' then
            new.body := coalesce(new.body, new.content);
          elsif new.body is not distinct from old.body then
            new.body := new.content;
          end if;
          new.content := new.body;
          return new;
        end $$;
        create trigger posts_body before insert or update on app.posts
          for each row execute function app.posts_body();
        commit;
        update app.posts set body = content where body is distinct from content;
        select title, content, body from app.posts;
        -- end::rename[]
        """);
    expect("rows that have not come along", 0L, apart());

    sql("side-by-side", owner(), """
        -- tag::side-by-side[]
        truncate app.posts;
        insert into app.posts (author_id, title, content)        -- the old program
        select id, 'from the old program', 'old' from app.users where email = 'ann@example.com';
        insert into app.posts (author_id, title, body)           -- the new program
        select id, 'from the new program', 'new' from app.users where email = 'ann@example.com';
        update app.posts set body = 'edited by the new one' where title = 'from the old program';
        update app.posts set content = 'edited by the old one' where title = 'from the new program';

        select title, content, body from app.posts order by title;
        -- end::side-by-side[]
        """);
    expect("rows in which the two columns differ", 0L, apart());

    sql("contract", owner(), """
        -- tag::contract[]
        begin;
        drop trigger if exists posts_body on app.posts;
        drop function if exists app.posts_body();
        alter table app.posts drop column if exists content;
        commit;

        insert into app.posts (author_id, title, body)           -- the new program
        select id, 'from the new program', 'only one left' from app.users
        where email = 'ann@example.com';
        select title, body from app.posts order by created_at;
        -- end::contract[]
        """);
    expect("the old program misses its column", "42703", outcome(() -> execute(app(),
        "update app.posts set content = 'edited'")));

    step("what-stays");                                          // tag::what-stays[]
    execute(owner(), """
        drop schema if exists lab cascade;
        drop schema if exists app cascade;
        drop table if exists flyway_schema_history""");
    show(migrate());
    show(queryAs(owner(), """
        select relname as name, case relkind when 'r' then 'table' else 'view' end as kind
        from pg_class where relnamespace = 'app'::regnamespace and relkind in ('r', 'v')
        order by kind, name"""));
    // end::what-stays[]
    expect("the posts have the new column", true, value(Boolean.class, """
        select exists (select from pg_attribute
                       where attrelid = 'app.posts'::regclass and attname = 'body')"""));
}

/** The first migration, with these roles. */
String roles(String rows) {
    return """
        create schema app;
        grant usage on schema app to course_app;
        create table app.roles (
          code  text primary key,
          label text not null
        );
        insert into app.roles values %s;
        """.formatted(rows);
}

/** What Flyway wrote down. */
Output.Table history() throws SQLException {
    return queryAs(owner(), """
        select installed_rank as rank, version, script, checksum, success
        from flyway_schema_history order by installed_rank""");
}

/** Takes migrations back, with what Flyway wrote down of them and what they made: a step can run again. */
void forget(Path migrations, String undo, String... files) throws Exception {
    execute(owner(), undo);
    for (var file : files) {
        Files.deleteIfExists(migrations.resolve(file));
        execute(owner(), "delete from flyway_schema_history where script = '" + file + "'");
    }
}

/** The process that waits for a transaction to end. */
Optional<Long> waiting() throws SQLException {
    return Optional.ofNullable(valueAs(owner(), Long.class, """
        select max(pid)::bigint from pg_stat_activity
        where datname = current_database() and wait_event = 'virtualxid'"""));
}

/** Begins a concurrent index and gives up: somebody writes to the table for longer than it wants to wait. */
void interrupt(String index) throws SQLException {
    try (var writer = owner().connect(); var maker = owner().connect()) {
        writer.setAutoCommit(false);
        writer.createStatement().execute("lock table app.users in row exclusive mode");
        maker.createStatement().execute("set lock_timeout = '100ms'");
        expect("the index was interrupted", "55P03",
            outcome(() -> maker.createStatement().execute(index)));
    }
}

/** The indexes of the users, whether queries may read them, and whether writes maintain them. */
Output.Table indexes() throws SQLException {
    return queryAs(owner(), """
        select indexrelid::regclass as index, indisvalid as valid, indisready as maintained
        from pg_index where indrelid = 'app.users'::regclass order by 1""");
}

/** Whether a change of the members gives the table a new file. */
boolean rewrites(String change) {
    try {
        return valueAs(owner(), Boolean.class, "select lab.rewrites(?)", change);
    } catch (SQLException e) {
        throw new IllegalStateException(e);
    }
}

/** A change of a table and the lock that it held. */
record Change(String statement, String lock) { }

/** Changes the members, and looks at the lock before it commits. */
Change changed(String statement) {
    try (var connection = owner().connect(); var statements = connection.createStatement()) {
        connection.setAutoCommit(false);
        statements.execute("alter table lab.members " + statement);
        try (var rows = statements.executeQuery("select lock from lab.held")) {
            rows.next();
            var lock = rows.getString(1);
            connection.commit();
            return new Change(statement, lock);
        }
    } catch (SQLException e) {
        throw new IllegalStateException(e);
    }
}

/** A change of a table, and what PostgreSQL says about it to somebody who listens. */
record Said(String statement, String message) { }

/** Changes the members, and listens at the level debug1. */
Said said(String statement) throws SQLException {
    try (var connection = owner().connect(); var statements = connection.createStatement()) {
        statements.execute("set client_min_messages = debug1");
        statements.execute("alter table lab.members " + statement);
        var message = statements.getWarnings();
        return new Said(statement, message == null ? "" : message.getMessage());
    }
}

/** How many posts have another text under the old name than under the new one. */
long apart() throws SQLException {
    return value(Long.class, "select count(*) from app.posts where content is distinct from body");
}

/** Whether an index may be used. */
boolean valid(String index) throws SQLException {
    return valueAs(owner(), Boolean.class,
        "select indisvalid from pg_index where indexrelid = '" + index + "'::regclass");
}

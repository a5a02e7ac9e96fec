///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.sql;
import org.flywaydb.core.Flyway;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import static script.Script.*;

/** Migrations, first as Flyway runs them, then as the database lives through them. */
void main(String... args) throws Exception {
    begin("03-migrations", args);

    sql("no-primary-key", owner(), """
        -- tag::no-primary-key[]
        create table users (                     -- what the recipe for node-pg-migrate creates
          id            uuid,
          email         varchar(255) not null unique,
          password_hash varchar(255) not null,
          created_at    timestamp not null default current_timestamp
        );
        create index users_email_index on users (email);

        insert into users (id, email, password_hash) values
          ('00000000-0000-0000-0000-000000000001', 'ann@example.com', 'x'),
          ('00000000-0000-0000-0000-000000000001', 'bob@example.com', 'x'),
          (null,                                   'eve@example.com', 'x');

        select count(*) as users, count(distinct id) as ids from users;
        select indexname, indexdef from pg_indexes where tablename = 'users' order by indexname;
        drop table users;
        -- end::no-primary-key[]
        """);

    step("first-migration");                                     // tag::first-migration[]
    var migrations = folder("migrations");
    Files.writeString(migrations.resolve("V1__roles.sql"), """
        create schema app;
        grant usage on schema app to course_app;
        create table app.roles (
          code  text primary key,
          label text not null
        );
        insert into app.roles values ('admin', 'Administrator'), ('user', 'User');
        """);
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
    show("first start: " + flyway.migrate().migrationsExecuted + " migrations");
    show("second start: " + flyway.migrate().migrationsExecuted + " migrations");
    var history = "select installed_rank as rank, version, script, checksum, success "
        + "from flyway_schema_history order by installed_rank";
    show(queryAs(owner(), history));
    // end::first-migration[]
    expect("each file ran once", 2L, rows("flyway_schema_history"));

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

    show(queryAs(owner(), history));
    expect("nothing of V3 is there", true, value(Boolean.class, """
        select to_regclass('app.posts') is null
           and not exists (select from pg_attribute
                           where attrelid = 'app.users'::regclass and attname = 'nickname')"""));

    execute(owner(), "begin; drop table app.users; rollback");
    expect("even a dropped table comes back", 0L,
        value(Long.class, "select count(*) from app.users"));
    // end::failed-migration[]
    expect("PostgreSQL refused the slip", "42704", sqlState(slip));

    step("edited-file");                                         // tag::edited-file[]
    Files.writeString(migrations.resolve("V3__posts.sql"),
        Files.readString(migrations.resolve("V3__posts.sql")).replace("desk", "desc"));
    flyway.migrate();                                            // never applied: free to mend

    var applied = Files.readString(migrations.resolve("V1__roles.sql"));
    Files.writeString(migrations.resolve("V1__roles.sql"),
        applied.replace("('user', 'User')", "('user', 'User'), ('guest', 'Guest')"));
    show(fails(flyway::migrate));

    flyway.repair();
    show("after repair: " + flyway.migrate().migrationsExecuted + " migrations to run");
    expect("repair believed the file, and ran nothing", 0L,
        value(Long.class, "select count(*) from app.roles where code = 'guest'"));

    Files.writeString(migrations.resolve("V1__roles.sql"), applied);
    flyway.repair();
    Files.writeString(migrations.resolve("V4__guests.sql"), """
        insert into app.roles values ('guest', 'Guest');
        """);
    expect("the change arrives as a file of its own", 1, flyway.migrate().migrationsExecuted);
    // end::edited-file[]

    step("late-and-repeatable");                                 // tag::late-and-repeatable[]
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
    expect("out of order, it runs", 1, tolerant.migrate().migrationsExecuted);

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
    show(queryAs(owner(), history));
    // end::late-and-repeatable[]

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

    step("no-way-back");                                         // tag::no-way-back[]
    show(fails(flyway::undo));
    show(fails(flyway::clean));

    Files.writeString(migrations.resolve("V7__no_guests.sql"), """
        update app.users set role = 'user' where role = 'guest';
        delete from app.roles where code = 'guest';
        """);
    expect("back is one more step forward", 1, flyway.migrate().migrationsExecuted);
    // end::no-way-back[]

    step("index-that-hangs");                                    // tag::index-that-hangs[]
    Files.writeString(migrations.resolve("V8__users_by_date.sql"), """
        create index concurrently users_by_date on app.users (created_at);
        """);
    var hanging = CompletableFuture.supplyAsync(() -> fails(flyway::migrate));

    await("the migration waits for a transaction to end", () -> valueAs(owner(), Boolean.class,
        "select count(*) > 0 from pg_stat_activity where wait_event = 'virtualxid'"));
    show(queryAs(owner(), """
        select pid, pg_blocking_pids(pid) as waits_for, state, wait_event, left(query, 46) as query
        from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()
        order by backend_start"""));

    execute(owner(), "select pg_cancel_backend(pid) from pg_stat_activity "
        + "where wait_event = 'virtualxid'");                    // or it hangs for ever
    show(hanging.orTimeout(20, TimeUnit.SECONDS).join());
    show(queryAs(owner(), "select indexrelid::regclass as index, indisvalid as valid "
        + "from pg_index where indrelid = 'app.users'::regclass"));
    // end::index-that-hangs[]
    expect("the migration ended because it was cancelled", "57014", sqlState(hanging.join()));
    expect("the cancelled index is there, and invalid", false, valid("app.users_by_date"));

    step("index-that-works");                                    // tag::index-that-works[]
    var patient = Flyway.configure().configuration(flyway.getConfiguration());
    patient.getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);

    Files.writeString(migrations.resolve("V8__users_by_date.sql"), """
        create index concurrently if not exists users_by_date on app.users (created_at);
        """);
    patient.load().migrate();
    expect("Flyway is content, the index still invalid", true, value(Boolean.class, """
        select not indisvalid and (select success from flyway_schema_history where version = '8')
        from pg_index where indexrelid = 'app.users_by_date'::regclass"""));

    Files.writeString(migrations.resolve("V9__users_by_date_again.sql"), """
        drop index concurrently if exists app.users_by_date;
        create index concurrently users_by_date on app.users (created_at);
        """);
    patient.load().migrate();
    expect("dropped and created, it is valid", true, value(Boolean.class,
        "select indisvalid from pg_index where indexrelid = 'app.users_by_date'::regclass"));

    Files.writeString(migrations.resolve("V10__posts_by_title.sql"), """
        alter table app.posts add column subtitle text;
        create index concurrently posts_by_title on app.posts (title);
        """);
    show(fails(() -> patient.load().migrate()));
    Files.delete(migrations.resolve("V10__posts_by_title.sql"));
    // end::index-that-works[]

    step("rewrite-or-not");                                      // tag::rewrite-or-not[]
    execute(owner(), """
        insert into app.users (email, password_hash)
        select 'user' || n || '@example.com', 'x' from generate_series(1, 200000) n""");

    var rewrites = new ArrayList<String>();
    var times = new LinkedHashMap<String, Double>();
    for (var change : List.of(
            "add column logins int not null default 7",
            "add column seen_at timestamptz not null default now()",
            "add column token uuid not null default gen_random_uuid()",
            "alter column logins type bigint")) {
        var file = value(Long.class, "select pg_relation_filenode('app.users')::bigint");
        times.put(change, time(() -> execute(owner(), "alter table app.users " + change)));
        if (!file.equals(value(Long.class, "select pg_relation_filenode('app.users')::bigint"))) {
            rewrites.add(change);
        }
    }
    show(compare("alter table app.users …", "ms", times, "the slow ones wrote every row again"));
    expect("these gave the table a new file", List.of(
        "add column token uuid not null default gen_random_uuid()",
        "alter column logins type bigint"), rewrites);
    // end::rewrite-or-not[]
    expect("a rewrite costs several times what a change of the catalog costs",
        times.get("add column token uuid not null default gen_random_uuid()")
            > 4 * times.get("add column logins int not null default 7"));

    // An autovacuum of the new rows must not take part in the next experiments.
    execute(owner(), "vacuum (analyze) app.users");

    step("lock-queue");                                          // tag::lock-queue[]
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

    step("not-null");                                            // tag::not-null[]
    execute(owner(), "alter table app.users "
        + "add column country text default 'FR', add column city text default 'Lyon'");
    var statements = new ArrayList<>(List.of(
        "add constraint country_known check (country is not null) not valid",
        "validate constraint country_known",
        "alter column country set not null",
        "drop constraint country_known"));
    if (since(18, "a NOT NULL that is not valid yet")) {
        statements.add("add constraint city_known not null city not valid");
        statements.add("validate constraint city_known");
    }
    record Change(String statement, String lock) { }
    var changes = new ArrayList<Change>();
    var careful = session("careful", owner());
    careful.run("set lock_timeout = '2s'; set client_min_messages = debug1");
    for (var statement : statements) {
        var said = careful.run("begin; alter table app.users " + statement);
        changes.add(new Change(statement, value(String.class, """
            select mode from pg_locks
            where relation = 'app.users'::regclass and pid = ? and mode <> 'AccessShareLock'
            """, careful.pid())));
        careful.run("commit");
        said.forEach(notice -> show(notice));
    }
    show(changes);
    // end::not-null[]
    expect("only validating leaves readers and writers alone",
        changes.stream().allMatch(c -> c.statement().startsWith("validate")
            == c.lock().equals("ShareUpdateExclusiveLock")));
    expect("country is not null now", true, value(Boolean.class, """
        select attnotnull from pg_attribute
        where attrelid = 'app.users'::regclass and attname = 'country'"""));

    step("rename");                                              // tag::rename[]
    var oldProgram = """
        insert into app.posts (author_id, title, content)
        select id, 'from the old program', 'old' from app.users limit 1""";
    var newProgram = """
        insert into app.posts (author_id, title, body)
        select id, 'from the new program', 'new' from app.users limit 1""";
    execute(owner(), "alter table app.posts rename content to body");
    var broken = fails(() -> execute(app(), oldProgram));        // it still runs somewhere
    show(broken);
    execute(owner(), "alter table app.posts rename body to content");

    Files.writeString(migrations.resolve("V10__expand_posts_body.sql"), """
        alter table app.posts add column body text;
        create function app.posts_body() returns trigger language plpgsql as $$
        begin
          if tg_op = 'INSERT' then
            new.body    := coalesce(new.body, new.content);
            new.content := coalesce(new.content, new.body);
          elsif new.body is distinct from old.body then
            new.content := new.body;
          else
            new.body := new.content;
          end if;
          return new;
        end $$;
        create trigger posts_body before insert or update on app.posts
          for each row execute function app.posts_body();
        update app.posts set body = content;
        """);
    flyway.migrate();
    execute(app(), oldProgram);
    execute(app(), newProgram);
    execute(app(), "update app.posts set body = 'edited' where content = 'old'");
    show(query("select title, content, body from app.posts order by title"));
    expect("each program sees what the other wrote", 0L,
        value(Long.class, "select count(*) from app.posts where content is distinct from body"));

    Files.writeString(migrations.resolve("V11__contract_posts_content.sql"), """
        drop trigger posts_body on app.posts;
        drop function app.posts_body();
        alter table app.posts drop column content;
        """);
    flyway.migrate();                                            // the old program is gone
    execute(app(), newProgram);
    // end::rename[]
    expect("the old program missed its column", "42703", sqlState(broken));
    expect("the new column is the only one", 3L,
        value(Long.class, "select count(*) from app.posts where body in ('new', 'edited')"));
}

/** Whether an index may be used. */
boolean valid(String index) throws SQLException {
    return valueAs(owner(), Boolean.class,
        "select indisvalid from pg_index where indexrelid = '" + index + "'::regclass");
}

/** How many rows the owner sees. */
long rows(String table) throws SQLException {
    return valueAs(owner(), Long.class, "select count(*) from " + table);
}

///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.base;
import module java.sql;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLWarning;
import static script.Script.*;

/** What belongs in the database, and how it is made so that nobody turns it against you. */
void main(String... args) throws Exception {
    begin("07-functions-and-triggers", args);

    step("where-may-it-commit");                        // tag::where-may-it-commit[]
    execute(owner(), """
        create schema if not exists lab;
        grant usage on schema lab to course_app;
        drop table if exists lab.notes;
        create table lab.notes (body text not null);

        create or replace procedure lab.two_notes() language plpgsql as $$
        begin
          insert into lab.notes values ('first half');
          commit;
          insert into lab.notes values (null);          -- refused
        end $$""");
    halfANote("function lab.two_notes_function() returns void", "", "");
    halfANote("procedure lab.two_notes_definer()", "security definer", "");
    halfANote("procedure lab.two_notes_catching()", "",
        "exception when not_null_violation then raise;");
    var attempts = new ArrayList<Attempt>();
    for (var autocommit : List.of(true, false)) {
        for (var call : List.of(
                "select lab.two_notes_function()", "call lab.two_notes_function()",
                "call lab.two_notes()", "{call lab.two_notes()}",
                "call lab.two_notes_definer()", "call lab.two_notes_catching()")) {
            attempts.add(attempt(call, autocommit));
        }
    }
    show(attempts);
    expect("of twelve, these kept their first half", List.of("call lab.two_notes()"),
        attempts.stream().filter(a -> a.notes_kept() > 0).map(Attempt::call).toList());
    // end::where-may-it-commit[]
    expect("attempts refused with 2D000: to commit where nobody may", 7L,
        attempts.stream().filter(a -> a.sqlstate().equals("2D000")).count());
    expect("attempts refused with 42809: a function is not called, nor a procedure selected", 4L,
        attempts.stream().filter(a -> a.sqlstate().equals("42809")).count());
    expect("with autocommit, the procedure got as far as its own mistake", "23502",
        attempts.stream().filter(a -> a.notes_kept() > 0).findFirst().orElseThrow().sqlstate());

    sql("half-a-user", owner(), """
        -- tag::half-a-user[]
        drop table if exists lab.profiles, lab.users;
        create table lab.users (like app.users including all);
        create table lab.profiles (
          user_id      uuid primary key references lab.users on delete cascade,
          display_name text not null
        );
        create or replace function lab.create_user(p_email text, p_hash text, p_name text)
          returns uuid language plpgsql as $$
        declare v_id uuid;
        begin
          insert into lab.users (email, password_hash) values (p_email, p_hash)
            returning id into v_id;
          insert into lab.profiles values (v_id, p_name);
          return v_id;
        end $$;
        create or replace function lab.answer(statement text) returns text language plpgsql as $$
        begin
          execute statement;
          return 'accepted';
        exception when others then
          return sqlstate || ': ' || sqlerrm;
        end $$;

        insert into lab.users (email, password_hash) values ('two@example.com', 'x');
        select lab.answer('insert into lab.profiles select id, null from lab.users')
          as second_half;
        select lab.answer('select lab.create_user(''one@example.com'', ''x'', null)') as one_call;
        select email, display_name from lab.users left join lab.profiles on user_id = id;
        -- end::half-a-user[]
        """);
    expect("two statements left half a user, one call left nothing", "two@example.com",
        value(String.class, "select string_agg(email, ', ') from lab.users"));

    sql("checked-late", owner(), """
        -- tag::checked-late[]
        create or replace function lab.hash(p text) returns text language plpgsql as $$
        begin
          return crypt(p, gen_salt('bf'));              -- of pgcrypto, which is not there
        end $$;
        select lab.answer('select lab.hash(''secret'')') as called;
        select lab.answer('create function lab.hash_atomic(p text) returns text
          return crypt(p, gen_salt(''bf''))') as created;

        create or replace function lab.names_late() returns bigint language plpgsql stable as $$
        begin
          return (select count(display_name) from lab.profiles);
        end $$;
        create or replace function lab.names_atomic() returns bigint stable
          return (select count(display_name) from lab.profiles);

        select lab.answer('alter table lab.profiles drop column display_name') as dropped;
        alter table lab.profiles rename column display_name to nickname;
        select lab.answer('select lab.names_atomic()') as atomic_after_the_rename,
               lab.answer('select lab.names_late()') as late_after_the_rename;
        alter table lab.profiles rename column nickname to display_name;
        -- end::checked-late[]
        """);
    expect("the mistake waits for the first call", "42883", answer("select lab.hash('secret')"));
    expect("or is refused at once", "42883", answer(
        "create function lab.hash_atomic(p text) returns text return crypt(p, gen_salt('bf'))"));
    expect("the atomic body holds on to its column", "2BP01",
        answer("alter table lab.profiles drop column display_name"));
    expect("the text does not", "42703", answer("""
        alter table lab.profiles rename column display_name to nickname;
        select lab.names_atomic(), lab.names_late()"""));

    step("password-in-the-log");                        // tag::password-in-the-log[]
    execute(owner(), "delete from lab.users");
    try (var c = admin().connect(); var s = c.createStatement()) {
        s.execute("set log_min_duration_statement = 0");    // log what is slow; all is
        s.execute("set client_min_messages = log");         // so that you read along
        try (var call = c.prepareStatement("select lab.create_user(?, ?, ?)")) {
            call.setString(1, "ann@example.com");
            call.setString(2, "correct horse");
            call.setString(3, "Ann");
            call.execute();                             // bound, as it should be
            var log = logOf(call);
            show(log);
            expect("the log has the password",
                log.stream().anyMatch(line -> line.contains("correct horse")));
        }
        s.execute("set log_min_duration_statement = -1");

        s.execute("select lab.create_user('bob@example.com', 'battery staple', 'Bob')");
        show(queryAs(admin(), "select state, query from pg_stat_activity where pid = ?",
            c.unwrap(PGConnection.class).getBackendPID()));
    }
    // end::password-in-the-log[]

    step("where-to-hash");                              // tag::where-to-hash[]
    execute(owner(), "create extension if not exists pgcrypto schema lab");
    show(query("select left(lab.crypt('secret', lab.gen_salt('bf')), 7) as what_bf_means"));
    show(query("""
        select lab.crypt(repeat('a', 72) || ' and more', hash) = hash as another_password_fits
        from lab.crypt(repeat('a', 72) || ' and less', lab.gen_salt('bf')) as hash"""));

    var hashing = new LinkedHashMap<String, Double>();
    for (var cost : List.of(6, 8, 10, 12)) {
        hashing.put("cost " + cost, msToHash("bf", cost));
    }
    show(compare("bcrypt in the database, one password", "ms", hashing,
        "each step of the cost doubles the work"));
    if (since(18, "sha512crypt")) {
        show(query("""
            select left(lab.crypt('secret', lab.gen_salt('sha512crypt')), 14) as new_in_18"""));
    }

    var salt = new byte[16];
    new SecureRandom().nextBytes(salt);
    var stored = pbkdf2("secret", salt, 600_000);
    show(stored);
    var parts = stored.split("\\$");                    // "", algorithm, rounds, salt, key
    var typed = pbkdf2("Secret", Base64.getDecoder().decode(parts[3]), Integer.parseInt(parts[2]));
    expect("another password does not fit",
        !MessageDigest.isEqual(stored.getBytes(), typed.getBytes()));
    // end::where-to-hash[]
    expect("times the work from a cost of 6 to one of 12, sixty-four by the rule, wanted over 8",
        hashing.get("cost 12") / hashing.get("cost 6"), r -> r > 8);
    expect("'bf' alone means a cost of 6", "$2a$06$",
        value(String.class, "select left(lab.gen_salt('bf'), 7)"));

    sqlFails("audit-as-printed", owner(), "23502", """
        -- tag::audit-as-printed[]
        drop trigger if exists user_audit_trigger on lab.users;
        truncate lab.users, lab.profiles;
        drop table if exists lab.audit_log;
        create table lab.audit_log (
          table_name text, record_id uuid, action text, changed_at timestamptz
        );
        create or replace function lab.log_user_changes() returns trigger language plpgsql as $$
        begin
          insert into lab.audit_log values ('users', new.id, tg_op, now());
          return new;
        end $$;
        create trigger user_audit_trigger after insert or update or delete on lab.users
          for each row execute function lab.log_user_changes();

        begin;
        insert into lab.users (id, email, password_hash)
          values ('00000000-0000-0000-0000-00000000000d', 'dora@example.com', 'x');
        update lab.users set email = 'dora@example.org' where email = 'dora@example.com';
        update lab.users set email = email where email = 'dora@example.org';
        delete from lab.users where email = 'dora@example.org';
        truncate lab.users, lab.profiles;
        commit;
        select action, record_id, changed_at::time from lab.audit_log;

        delete from lab.audit_log;
        alter table lab.audit_log alter column record_id set not null;  -- as it should be
        insert into lab.users (email, password_hash) values ('emil@example.com', 'x');
        delete from lab.users;
        -- end::audit-as-printed[]
        """);
    expect("emil is still there", 1L, value(Long.class, "select count(*) from lab.users"));
    execute(owner(), "alter table lab.audit_log alter column record_id drop not null");
    execute(app(), "delete from lab.users");
    expect("the line of a delete has no key", "INSERT with, DELETE without", value(String.class, """
        select string_agg(action || case when record_id is null then ' without' else ' with' end, ', '
          order by action desc) from lab.audit_log"""));

    sql("before-and-after", admin(), """
        -- tag::before-and-after[]
        drop table if exists lab.drafts, lab.seen_by;
        create table lab.drafts (body text not null);
        create or replace function lab.keep() returns trigger language plpgsql as $$
        begin return new; end $$;
        create trigger keep before delete on lab.drafts
          for each row execute function lab.keep();
        insert into lab.drafts values ('delete me');
        delete from lab.drafts;
        select body as after_the_delete from lab.drafts;

        drop trigger keep on lab.drafts;
        truncate lab.drafts;
        create or replace function lab.add() returns trigger language plpgsql as $$
        begin new.body := new.body || tg_argv[0]; return new; end $$;
        create trigger z before insert on lab.drafts
          for each row execute function lab.add(' first?');
        create trigger a before insert on lab.drafts
          for each row execute function lab.add(' second?');
        insert into lab.drafts values ('order:');
        select body from lab.drafts;

        create table lab.seen_by (role text);
        grant insert on lab.drafts, lab.seen_by to course_app;
        create or replace function lab.who() returns trigger language plpgsql as $$
        begin insert into lab.seen_by values (current_user); return null; end $$;
        create constraint trigger who after insert on lab.drafts
          deferrable initially deferred for each row execute function lab.who();
        begin;
        set local role course_app;
        insert into lab.drafts values ('late trigger');
        reset role;
        commit;                                         -- the trigger runs here
        select role = 'course_app' as deferred_trigger_ran_as_course_app from lab.seen_by;
        -- end::before-and-after[]
        """);
    execute(admin(), "grant select, delete on lab.drafts to course_app");
    expect("triggers fire in the order of their names", 1L,
        value(Long.class, "select count(*) from lab.drafts where body = 'order: second? first?'"));
    expect("since 18 as the role of the statement", version() < 18 ? 0L : 1L,
        valueAs(admin(), Long.class, "select count(*) from lab.seen_by where role = 'course_app'"));
    execute(admin(), """
        create trigger keep before delete on lab.drafts for each row execute function lab.keep()""");
    execute(app(), "delete from lab.drafts");
    expect("rows that have outlived their delete", 2L, value(Long.class, "select count(*) from lab.drafts"));

    step("audit-right");                                // tag::audit-right[]
    execute(owner(), """
        drop function if exists lab.log_user_changes, lab.audit cascade;   -- and their triggers
        drop table if exists lab.audit_log;
        delete from lab.users;
        create table lab.audit_log (
          id         bigint generated always as identity primary key,
          table_name text not null,
          record_id  uuid not null,
          action     text not null,
          old_row    jsonb,
          new_row    jsonb,
          actor      text not null default coalesce(
                       nullif(current_setting('app.current_user_id', true), ''), session_user),
          changed_at timestamptz not null default clock_timestamp()
        ) with (autovacuum_enabled = off);
        revoke insert, update, delete on lab.audit_log from course_app;

        create function lab.audit() returns trigger language plpgsql
          security definer set search_path = pg_catalog, pg_temp as $$
        begin
          insert into lab.audit_log (table_name, record_id, action, old_row, new_row)
          values (tg_table_name, coalesce(new.id, old.id), tg_op,
                  case when tg_op <> 'INSERT' then to_jsonb(old) - 'password_hash' end,
                  case when tg_op <> 'DELETE' then to_jsonb(new) - 'password_hash' end);
          return null;
        end $$;
        revoke execute on function lab.audit() from public;
        create trigger users_audit_id after insert or delete on lab.users
          for each row execute function lab.audit();
        create trigger users_audit_u after update on lab.users
          for each row when (old.* is distinct from new.*) execute function lab.audit();
        """);
    theAppWorks();
    show(query("""
        select action, actor, old_row ->> 'email' as old_email, new_row ->> 'email' as new_email
        from lab.audit_log order by id"""));
    var forgeries = theAppForges();
    show(forgeries);
    expect("lines of inserts, updates and deletes", "2, 2, 1", value(String.class, """
        select concat_ws(', ', count(*) filter (where action = 'INSERT'),
          count(*) filter (where action = 'UPDATE'), count(*) filter (where action = 'DELETE'))
        from lab.audit_log"""));
    // end::audit-right[]
    expect("lines with a hash", 0L, value(Long.class,
        "select count(*) from lab.audit_log where concat(old_row, new_row) like '%hash%'"));
    expect("the app may do none of this", Set.of("42501"),
        forgeries.stream().map(Forgery::sqlstate).collect(Collectors.toSet()));

    sql("price-of-an-audit", owner(), """
        -- tag::price-of-an-audit[]
        drop table if exists lab.people;
        truncate lab.audit_log;
        create table lab.people (id uuid primary key, email text not null, logins int not null)
          with (autovacuum_enabled = off);
        insert into lab.people
        select gen_random_uuid(), 'user' || n || '@example.com', 0 from generate_series(1, 50000) n;
        analyze lab.people;
        explain (analyze, costs off, buffers off)       -- without a trigger
        update lab.people set logins = logins + 1;

        create trigger audit after update on lab.people
          for each row execute function lab.audit();
        explain (analyze, costs off, buffers off)       -- called for each row
        update lab.people set logins = logins + 1;

        drop trigger audit on lab.people;
        create or replace function lab.audit_statement() returns trigger language plpgsql
          security definer set search_path = pg_catalog, pg_temp as $$
        begin
          insert into lab.audit_log (table_name, record_id, action, old_row, new_row)
          select tg_table_name, o.id, tg_op, to_jsonb(o), to_jsonb(n)
          from old_rows o join new_rows n using (id);
          return null;
        end $$;
        create trigger audit after update on lab.people
          referencing old table as old_rows new table as new_rows
          for each statement execute function lab.audit_statement();
        explain (analyze, costs off, buffers off)       -- called for each statement
        update lab.people set logins = logins + 1;
        -- end::price-of-an-audit[]
        """);
    expect("lines that the two triggers wrote", 100_000L, value(Long.class, "select count(*) from lab.audit_log"));
    expect("calls for 50 000 rows of the trigger for each statement", 1L, triggerCalls("select"));
    expect("calls of the trigger for each row", 50_000L, triggerCalls("""
        create or replace trigger audit after update on lab.people
          for each row execute function lab.audit()"""));

    step("returning-old-and-new");                      // tag::returning-old-and-new[]
    execute(owner(), """
        delete from lab.users where email like 'hugo@%';
        delete from lab.people where email = 'new';
        insert into lab.users (email, password_hash) values ('hugo@example.com', 'x')""");
    if (since(18, "returning old and new")) {
        show(query("""
            update lab.users set email = 'hugo@example.org'
            where email = 'hugo@example.com'
            returning old.email as old_email, new.email as new_email,
                      old.updated_at = new.updated_at as untouched"""));
        var both = query("""
            insert into lab.people (id, email, logins)
            select id, 'again', 1 from (select id from lab.people order by id limit 1) one
            union all select 'ffffffff-0000-0000-0000-00000000000a', 'new', 1
            on conflict (id) do update set email = excluded.email
            returning new.email, old.email as was, old.id is null as inserted""");
        show(both);
        expect("an inserted row has no old one", List.of("again f", "new t"), both.rows().stream()
            .map(row -> row.getFirst().orElseThrow() + " " + row.getLast().orElseThrow()).toList());
    }
    // end::returning-old-and-new[]

    step("hijack");                                     // tag::hijack[]
    execute(owner(), """
        drop table if exists lab.door_keys, lab.secrets;
        create table lab.door_keys (code text primary key);
        insert into lab.door_keys values ('7331');
        create table lab.secrets (text text);
        insert into lab.secrets values ('the rabbit is in the hat');
        revoke all on lab.door_keys, lab.secrets from course_app;
        create schema if not exists playground;         -- as public was before 15
        grant usage, create on schema playground to course_app""");
    execute(app(), """
        create or replace function playground.lower(text) returns text language plpgsql as $$
        begin
          grant select on lab.secrets to course_app;    -- run by whom?
          return '7331';
        exception when insufficient_privilege then return $1;
        end $$""");
    var door = """
        create or replace function lab.open(p_code text) returns boolean
          language plpgsql security definer %s as $$
        begin
          return exists (select from %s where code = lower(p_code));
        end $$""";
    var attacks = List.of(
        attack(door, "", "door_keys"),
        attack(door, "set search_path = lab", "door_keys"),
        attack(door, "set search_path = lab, pg_temp", "door_keys"),
        attack(door, "set search_path = pg_catalog, pg_temp", "lab.door_keys"));
    show(attacks);
    expect("doors that a temporary table opened", 2L,
        attacks.stream().filter(Attack::temp_table).count());
    expect("doors that ran the attacker's function as the owner", 1L,
        attacks.stream().filter(Attack::own_function).count());
    // end::hijack[]
    expect("as it comes, both attacks work",
        attacks.getFirst().temp_table() && attacks.getFirst().own_function());
    expect("with pg_temp at the end of the path, neither works",
        attacks.stream().skip(2).noneMatch(a -> a.temp_table() || a.own_function()));
    expect("the true key opens every door", attacks.stream().allMatch(Attack::true_key));

    execute(owner(), "alter table app.users set (autovacuum_enabled = off); "
        + "alter table app.posts set (autovacuum_enabled = off)");
    sql("volatility", owner(), """
        -- tag::volatility[]
        create or replace function lab.tidy(p text) returns text
          language plpgsql as $$ begin return lower(btrim(p)); end $$;
        create or replace function lab.tidy_stable(p text) returns text
          language plpgsql stable as $$ begin return lower(btrim(p)); end $$;
        explain (analyze, buffers, timing off, summary off)
        select id from app.users
        where lower(email) = lab.tidy(' User777@Example.com ')
          and deleted_at is null;          -- volatile
        explain (analyze, buffers, timing off, summary off)
        select id from app.users
        where lower(email) = lab.tidy_stable(' User777@Example.com ')
          and deleted_at is null;          -- stable

        create or replace function lab.posts_of(p uuid) returns setof app.posts
          language sql stable as $$ select * from app.posts where author_id = p $$;
        create or replace function lab.posts_of_opaque(p uuid) returns setof app.posts
          language plpgsql stable as $$
        begin
          return query select * from app.posts where author_id = p;
        end $$;
        explain (analyze, buffers, timing off, summary off)
        select title from lab.posts_of('01856aa1-f0d1-756d-a59b-9a4556283bc0')         -- user 1
        order by created_at desc limit 3;  -- in SQL
        explain (analyze, buffers, timing off, summary off)
        select title from lab.posts_of_opaque('01856aa1-f0d1-756d-a59b-9a4556283bc0')
        order by created_at desc limit 3;  -- in PL/pgSQL
        -- end::volatility[]
        """);
    var find = "select id from app.users where lower(email) = lab.%s('User7@Example.com') and deleted_at is null";
    expect("times fewer pages with the stable one, wanted over 100", (double)
        buffers(plan(find.formatted("tidy"))) / buffers(plan(find.formatted("tidy_stable"))), r -> r > 100);
    var newest = "select title from lab.%s('01856aa1-f0d1-756d-a59b-9a4556283bc0') order by created_at desc limit 3";
    expect("the body of an SQL function can vanish into the plan",
        !has(plan(newest.formatted("posts_of")), "Function Scan"));
    expect("that of PL/pgSQL cannot", has(plan(newest.formatted("posts_of_opaque")), "Function Scan"));
    execute(owner(), "alter table app.users reset (autovacuum_enabled); "
        + "alter table app.posts reset (autovacuum_enabled)");

    step("refcursor");                                  // tag::refcursor[]
    execute(owner(), """
        create sequence if not exists lab.computed;     -- counts the rows that were computed
        create or replace function lab.report() returns refcursor language plpgsql as $$
        declare
          report refcursor;
        begin
          open report for select nextval('lab.computed') from generate_series(1, 50000);
          return report;
        end $$""");
    try (var c = app().connect(); var call = c.prepareCall("{? = call lab.report()}")) {
        call.registerOutParameter(1, Types.REF_CURSOR);
        show(fails(() -> call.execute()));              // with autocommit
        c.setAutoCommit(false);
        var reads = List.of(
            firstRow("getObject, setFetchSize(100)", c, s -> {
                call.setFetchSize(100);
                call.execute();
                return call.getObject(1, ResultSet.class);
            }),
            firstRow("fetch 100", c, s -> {
                var name = s.executeQuery("select lab.report()");
                name.next();
                return s.executeQuery("fetch 100 in \"" + name.getString(1) + "\"");
            }),
            firstRow("a query, setFetchSize(100)", c, s -> {
                s.setFetchSize(100);
                return s.executeQuery("select nextval('lab.computed') from generate_series(1, 50000)");
            }));
        show(reads);
        expect("rows computed when the first one is read", List.of(50_000L, 100L, 100L),
            reads.stream().map(FirstRow::computed).toList());
    }
    // end::refcursor[]
    expect("a cursor ends with its transaction", "34000", outcome(() -> {
        try (var c = app().connect(); var s = c.createStatement()) {
            s.execute("begin; select lab.report(); commit; fetch 1 in \"<unnamed portal 1>\"");
        }
    }));

    step("queue");                                      // tag::queue[]
    execute(owner(), """
        drop table if exists lab.jobs;
        create table lab.jobs (
          id int primary key, runs int not null default 0, done_at timestamptz
        ) with (autovacuum_enabled = off);
        create index on lab.jobs (id) where done_at is null""");
    var take = "select id from lab.jobs where done_at is null order by id limit 1";
    var rushes = List.of(
        fourWorkers("select", take),
        fourWorkers("… for update", take + " for update"),
        fourWorkers("… skip locked", take + " for update skip locked"));
    show(rushes);
    expect("workers who worked at the same time, with for update", 1, rushes.get(1).at_once());
    expect("and with skip locked, wanted over 1", rushes.get(2).at_once(), n -> n > 1);
    expect("jobs done once too often, with a lock", 0L,
        rushes.get(1).done_again() + rushes.get(2).done_again());
    // end::queue[]
    expect("jobs done again without a lock, wanted over 20", rushes.getFirst().done_again(), n -> n > 20);

    step("worker-dies");                                // tag::worker-dies[]
    execute(owner(), """
        truncate lab.jobs;
        insert into lab.jobs select generate_series(1, 3);
        alter table lab.jobs add column if not exists started_at timestamptz""");
    var rowLock = """
        begin;
        select id from lab.jobs where done_at is null
        order by id limit 1 for update skip locked""";
    var note = """
        begin;
        update lab.jobs set started_at = now()
        where id = (select id from lab.jobs where started_at is null
                    order by id limit 1 for update skip locked)
        returning id;
        commit""";
    var claims = List.of(
        claimAndDie("row lock, until commit", rowLock),
        claimAndDie("started_at, committed at once", note));
    show(claims);
    expect("what the colleague gets after the death", List.of("1", "3"),
        claims.stream().map(Claim::after_the_death).toList());
    // end::worker-dies[]
    expect("jobs of worker and colleague before", List.of("1 2", "1 2"),
        claims.stream().map(c -> c.worker() + " " + c.colleague()).toList());

    step("notify");                                     // tag::notify[]
    var ear = closing(app().connect());
    ear.createStatement().execute("listen news");
    var mouth = closing(app().connect());
    mouth.setAutoCommit(false);
    var say = mouth.createStatement();
    var news = new ArrayList<Heard>();

    say.execute("notify news, 'hello'");
    news.add(new Heard("hello, not committed yet", notifications(ear, 200)));
    mouth.commit();
    news.add(new Heard("hello, committed", notifications(ear, 5000)));
    say.execute("notify news, 'never mind'");
    mouth.rollback();
    news.add(new Heard("never mind, rolled back", notifications(ear, 200)));
    for (var payload : List.of("same", "same", "other", "same")) {
        say.execute("select pg_notify('news', '" + payload + "')");
    }
    mouth.commit();
    news.add(new Heard("same, same, other, same", notifications(ear, 5000)));
    ear.close();                                        // the network blinks
    say.execute("notify news, 'important'");
    mouth.commit();
    var newEar = closing(app().connect());
    newEar.createStatement().execute("listen news");
    news.add(new Heard("important, while nobody listened", notifications(newEar, 200)));
    show(news);
    expect("heard", List.of(List.of(), List.of("hello"), List.of(), List.of("same", "other"),
        List.of()), news.stream().map(Heard::heard).toList());

    show(fails(() -> say.execute("select pg_notify('news', repeat('x', 8000))")));
    mouth.rollback();
    // end::notify[]
    expect("8000 bytes are too many", "22023", answer("select pg_notify('news', repeat('x', 8000))"));

    step("what-stays");                                 // tag::what-stays[]
    execute(owner(), """
        drop schema if exists lab cascade;
        drop schema if exists playground cascade""");
    show(migrate());

    try (var c = app().connect(); var s = c.createStatement()) {
        c.setAutoCommit(false);                         // a rehearsal: rolled back below
        var clear = c.setSavepoint();
        show(fails(() -> s.execute("""
            select app.create_user_with_profile('ida@example.com', 'secret', 'Ida')""")));
        c.rollback(clear);
        s.execute("""
            select set_config('app.current_user_id', 'support-7', true);
            select app.create_user_with_profile(' ida@example.com ',
              '$pbkdf2-sha256$600000$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA', 'Ida');
            update app.users set role = 'guest' where email = 'ida@example.com';
            delete from app.users where email = 'ida@example.com';""");
        show(s.executeQuery("""
            select action, actor, old_row ->> 'role' as old_role, new_row ->> 'role' as new_role
            from app.audit_log order by id"""));
        c.rollback();
    }
    expect("lines that the rehearsal left", 0L,
        value(Long.class, "select count(*) from app.audit_log"));
    // end::what-stays[]
}

/** A call of a function or a procedure that commits, and what came of it. */
record Attempt(String call, boolean autocommit, String sqlstate, long notes_kept) { }

/** A statement that would change the past, and what PostgreSQL answers. */
record Forgery(String statement, String sqlstate) { }

/** What opened a door: the true key, a key of a temporary table, a function of the attacker's. */
record Attack(String definition, boolean true_key, boolean temp_table, boolean own_function) { }

/** How many rows of the report were computed when a program had read the first one. */
record FirstRow(String read_by, long computed) { }

/** A way to the rows of the report. */
interface Way {
    ResultSet rows(Statement statement) throws SQLException;
}

/** Reads the first row in one way, and asks the sequence; a sequence tells everybody at once, without a commit. */
FirstRow firstRow(String name, Connection c, Way way) throws SQLException {
    execute(owner(), "select setval('lab.computed', 1, false)");
    try (var s = c.createStatement(); var rows = way.rows(s)) {
        rows.next();
        return new FirstRow(name, value(Long.class, "select last_value from lab.computed"));
    } finally {
        c.rollback();
    }
}

/** How 200 jobs were done by four workers. */
record Rush(String taken_by, long done_again, int at_once, double ms) { }

/** Who was given which job. */
record Claim(String claimed_by, String worker, String colleague, String after_the_death) { }

/** What was said, and what the listener heard of it. */
record Heard(String said, List<String> heard) { }

/** What PostgreSQL answers to a statement of the owner, which is rolled back. */
String answer(String statement) {
    return outcome(() -> {
        try (var c = owner().connect(); var s = c.createStatement()) {
            c.setAutoCommit(false);
            s.execute(statement);
            c.rollback();
        }
    });
}

/** Makes a function or a procedure that writes the first half, and commits. */
void halfANote(String head, String setting, String handler) throws SQLException {
    execute(owner(), """
        create or replace %s language plpgsql %s as $$
        begin
          insert into lab.notes values ('first half');
          commit;
        %s
        end $$""".formatted(head, setting, handler));
}

/** Calls it through JDBC, and counts the notes that are there afterwards. */
Attempt attempt(String call, boolean autocommit) throws SQLException {
    execute(owner(), "truncate lab.notes");
    try (var c = app().connect(); var s = c.prepareCall(call)) {
        c.setAutoCommit(autocommit);
        return new Attempt(call, autocommit, sqlState(fails(s::execute)),
            value(Long.class, "select count(*) from lab.notes"));
    }
}

/** What the server logged of a statement's execution; its session reads along. */
List<String> logOf(Statement statement) throws SQLException {
    var log = new ArrayList<String>();
    for (var warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
        var line = ((PSQLWarning) warning).getServerErrorMessage();
        if (line.getMessage().contains("execute")) {
            log.add("LOG:  " + line.getMessage());
            log.add("DETAIL:  " + line.getDetail());
        }
    }
    return log;
}

/** Milliseconds that pgcrypto takes for one password. */
double msToHash(String algorithm, int cost) throws Exception {
    try (var c = app().connect(); var s = c.createStatement()) {
        return median(3, () ->
            s.execute("select lab.crypt('secret', lab.gen_salt('" + algorithm + "', " + cost + "))"));
    }
}

/** A hash that the JDK makes: algorithm, rounds, salt and key in one text. */
String pbkdf2(String password, byte[] salt, int rounds) throws Exception {
    var key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
        .generateSecret(new PBEKeySpec(password.toCharArray(), salt, rounds, 256)).getEncoded();
    var base64 = Base64.getEncoder().withoutPadding();
    return String.join("$", "", "pbkdf2-sha256", "" + rounds,
        base64.encodeToString(salt), base64.encodeToString(key));
}

/** Two users in the name of support-7, a new address, nothing new, a new password, a delete taken back, a delete. */
void theAppWorks() throws SQLException {
    execute(app(), """
        begin;
        select set_config('app.current_user_id', 'support-7', true);
        insert into lab.users (email, password_hash) values ('fred@example.com', 'hash'),
                                                            ('gus@example.com', 'hash');
        commit;
        update lab.users set email = 'fred@example.org' where email = 'fred@example.com';
        update lab.users set email = email;
        update lab.users set password_hash = 'new hash' where email = 'gus@example.com'""");
    execute(app(), "begin; delete from lab.users; rollback");
    execute(app(), "delete from lab.users where email = 'gus@example.com'");
}

/** The app tries to change the audit, to get past it, and to write lines of its own. */
List<Forgery> theAppForges() {
    return Stream.of(
            "insert into lab.audit_log (table_name, record_id, action) "
                + "values ('users', gen_random_uuid(), 'DELETE')",
            "update lab.audit_log set actor = 'somebody else'",
            "delete from lab.audit_log", "truncate lab.users cascade",
            "create temp table mine (like lab.users); create trigger mine after insert on mine "
                + "for each row execute function lab.audit()")
        .map(statement -> new Forgery(statement, outcome(() -> execute(app(), statement)))).toList();
}

/** How often the trigger is called by an update of all people, after a statement; both are rolled back. */
long triggerCalls(String before) throws SQLException {
    try (var c = owner().connect(); var s = c.createStatement()) {
        c.setAutoCommit(false);
        s.execute(before);
        var plan = s.executeQuery("explain (analyze, format json) update lab.people set logins = logins + 1");
        plan.next();
        var calls = Pattern.compile("\"Trigger Name\": \"audit\".*?\"Calls\": (\\d+)", Pattern.DOTALL)
            .matcher(plan.getString(1));
        var found = calls.find() ? Long.parseLong(calls.group(1)) : 0;
        c.rollback();
        return found;
    }
}

/** Makes the door; then somebody comes with the true key, with a table of his own, and with a function of his own. */
Attack attack(String door, String settings, String table) throws SQLException {
    execute(owner(), door.formatted(settings, table));
    execute(owner(), "revoke select on lab.secrets from course_app");
    var label = (settings.isEmpty() ? "as it comes" : settings.replace("set search_path", "path"))
        + (table.contains(".") ? ", qualified" : "");
    try (var c = app().connect(); var s = c.createStatement()) {
        s.execute("set search_path = lab");
        var honest = opens(s, "7331");
        s.execute("""
            create temp table door_keys (code text);
            insert into door_keys values ('0000');
            grant select on door_keys to public""");
        var fooled = opens(s, "0000");
        s.execute("drop table door_keys; set search_path = playground, pg_catalog, lab");
        opens(s, "anything");
        return new Attack(label, honest, fooled,
            value(Boolean.class, "select has_table_privilege('course_app', 'lab.secrets', 'select')"));
    }
}

/** Whether the door opens. */
boolean opens(Statement s, String code) throws SQLException {
    try (var answer = s.executeQuery("select lab.open('" + code + "')")) {
        answer.next();
        return answer.getBoolean(1);
    }
}

/** Four workers do 200 jobs. Each takes one with the query, works for three milliseconds, marks it as done and commits. */
Rush fourWorkers(String takenBy, String take) throws Exception {
    execute(owner(), "truncate lab.jobs; insert into lab.jobs select generate_series(1, 200)");
    var start = new CyclicBarrier(4);
    var working = new AtomicInteger();
    var atOnce = new AtomicInteger();
    Callable<Void> worker = () -> {
        try (var c = app().connect(); var s = c.createStatement()) {
            c.setAutoCommit(false);
            start.await(10, TimeUnit.SECONDS);
            for (int turn = 0; turn < 2000 && openJobs(s) > 0; turn++) {
                var job = s.executeQuery(take);
                if (job.next()) {
                    var id = job.getInt(1);
                    atOnce.accumulateAndGet(working.incrementAndGet(), Math::max);
                    s.execute("select pg_sleep(0.003)");          // the work
                    working.decrementAndGet();
                    s.execute("update lab.jobs set runs = runs + 1, done_at = now() where id = " + id);
                }
                c.commit();
            }
        }
        return null;
    };
    try (var four = Executors.newFixedThreadPool(4)) {
        var ms = time(() -> {
            for (var each : four.invokeAll(Collections.nCopies(4, worker), 60, TimeUnit.SECONDS)) {
                each.get();
            }
        });
        return new Rush(takenBy, value(Long.class, "select sum(runs) - count(*) from lab.jobs"), atOnce.get(), ms);
    }
}

/** A worker takes a job, a colleague looks which one she would get, the worker dies, and she takes one. */
Claim claimAndDie(String name, String way) throws Exception {
    var worker = session("worker");
    var colleague = session("colleague");
    var his = worker.value(way);
    var hers = colleague.value(way);
    colleague.run("rollback");                          // so far she only looked
    valueAs(admin(), Boolean.class, "select pg_terminate_backend(?, 5000)", worker.pid());
    var afterwards = colleague.value(way);
    colleague.run("rollback");
    return new Claim(name, his, hers, afterwards);
}

/** Jobs that are not done yet. */
int openJobs(Statement s) throws SQLException {
    try (var answer = s.executeQuery("select count(*) from lab.jobs where done_at is null")) {
        answer.next();
        return answer.getInt(1);
    }
}

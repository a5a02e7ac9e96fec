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
        create schema lab;
        grant usage on schema lab to course_app;
        create table lab.notes (body text not null);

        create function lab.two_notes_function() returns void language plpgsql as $$
        begin
          insert into lab.notes values ('first half');
          commit;
          insert into lab.notes values ('second half');
        end $$;

        create procedure lab.two_notes() language plpgsql as $$
        begin
          insert into lab.notes values ('first half');
          commit;
          insert into lab.notes values (null);          -- refused
        end $$;

        create procedure lab.two_notes_definer() language plpgsql security definer as $$
        begin
          insert into lab.notes values ('first half');
          commit;
        end $$;
        """);
    record Attempt(String call, boolean autocommit, String sqlstate, long notes_kept) { }
    var attempts = new ArrayList<Attempt>();
    for (var autocommit : List.of(true, false)) {
        for (var call : List.of(
                "select lab.two_notes_function()", "call lab.two_notes_function()",
                "call lab.two_notes()", "{call lab.two_notes()}",
                "call lab.two_notes_definer()")) {
            execute(owner(), "truncate lab.notes");
            try (var c = app().connect(); var s = c.prepareCall(call)) {
                c.setAutoCommit(autocommit);
                var refused = (SQLException) fails(s::execute);
                attempts.add(new Attempt(call, autocommit, refused.getSQLState(),
                    value(Long.class, "select count(*) from lab.notes")));
            }
        }
    }
    show(attempts);
    expect("one of ten kept its first half", List.of("call lab.two_notes()"),
        attempts.stream().filter(a -> a.notes_kept() > 0).map(Attempt::call).toList());
    // end::where-may-it-commit[]
    expect("to commit where nobody may is 2D000", 5L,
        attempts.stream().filter(a -> a.sqlstate().equals("2D000")).count());
    expect("a function is not called, nor a procedure selected: 42809", 4L,
        attempts.stream().filter(a -> a.sqlstate().equals("42809")).count());
    expect("with autocommit, the procedure got as far as its own mistake", "23502",
        attempts.stream().filter(a -> a.notes_kept() > 0).findFirst().orElseThrow().sqlstate());

    step("half-a-user");                                // tag::half-a-user[]
    execute(owner(), """
        create table lab.users (like app.users including all);
        create table lab.profiles (
          user_id      uuid primary key references lab.users on delete cascade,
          display_name text not null
        );
        create function lab.create_user(p_email text, p_hash text, p_name text)
          returns uuid language plpgsql as $$
        declare v_id uuid;
        begin
          insert into lab.users (email, password_hash) values (p_email, p_hash)
            returning id into v_id;
          insert into lab.profiles values (v_id, p_name);
          return v_id;
        end $$;
        """);
    try (var c = app().connect(); var s = c.createStatement()) {
        show(fails(() -> {
            s.execute("insert into lab.users (email, password_hash) "
                + "values ('two@example.com', 'x')");
            s.execute("insert into lab.profiles select id, null from lab.users");
        }));
        show(fails(() -> s.execute("select lab.create_user('one@example.com', 'x', null)")));
    }
    show(query("""
        select email, display_name from lab.users left join lab.profiles on user_id = id"""));
    // end::half-a-user[]
    expect("two statements left half a user, one call left nothing", "two@example.com",
        value(String.class, "select string_agg(email, ', ') from lab.users"));

    step("checked-late");                               // tag::checked-late[]
    execute(owner(), """
        create function lab.hash(p text) returns text language plpgsql as $$
        begin
          return crypt(p, gen_salt('bf'));              -- of pgcrypto, which is not there
        end $$""");
    show("lab.hash is created");
    var late = (SQLException) fails(() -> execute(app(), "select lab.hash('secret')"));
    show(late);

    var early = (SQLException) fails(() -> execute(owner(), """
        create function lab.hash_atomic(p text) returns text
          return crypt(p, gen_salt('bf'))"""));
    show(early);

    execute(owner(), """
        create function lab.names_late() returns bigint language plpgsql stable as $$
        begin
          return (select count(display_name) from lab.profiles);
        end $$;
        create function lab.names_atomic() returns bigint stable
          return (select count(display_name) from lab.profiles);""");
    var drop = (SQLException) fails(() -> execute(owner(),
        "alter table lab.profiles drop column display_name"));
    show(drop);                                         // one of the two functions objects
    execute(owner(), "alter table lab.profiles rename column display_name to nickname");
    show(query("select lab.names_atomic()"));
    var broken = (SQLException) fails(() -> query("select lab.names_late()"));
    show(broken);
    execute(owner(), "alter table lab.profiles rename column nickname to display_name");
    // end::checked-late[]
    expect("the mistake waits for the first call", "42883", late.getSQLState());
    expect("or is refused at once", "42883", early.getSQLState());
    expect("the atomic body holds on to its column", "2BP01", drop.getSQLState());
    expect("the text does not", "42703", broken.getSQLState());

    step("password-in-the-log");                        // tag::password-in-the-log[]
    try (var c = admin().connect(); var s = c.createStatement()) {
        s.execute("set log_min_duration_statement = 0");    // log what is slow; all is
        s.execute("set client_min_messages = log");         // so that you read along
        try (var call = c.prepareStatement("select lab.create_user(?, ?, ?)")) {
            call.setString(1, "ann@example.com");
            call.setString(2, "correct horse");
            call.setString(3, "Ann");
            call.execute();                             // bound, as it should be
            var log = new ArrayList<String>();
            for (var w = call.getWarnings(); w != null; w = w.getNextWarning()) {
                var line = ((PSQLWarning) w).getServerErrorMessage();
                if (line.getMessage().contains("execute")) {
                    log.add("LOG:  " + line.getMessage());
                    log.add("DETAIL:  " + line.getDetail());
                }
            }
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
    execute(owner(), "create extension pgcrypto schema lab");
    show(query("select left(lab.crypt('secret', lab.gen_salt('bf')), 7) as what_bf_means"));
    show(query("""
        select lab.crypt(repeat('a', 72) || ' and more', hash) = hash as another_password_fits
        from lab.crypt(repeat('a', 72) || ' and less', lab.gen_salt('bf')) as hash"""));

    var hashing = new LinkedHashMap<String, Double>();
    try (var c = app().connect(); var s = c.createStatement()) {
        for (var cost : List.of(6, 8, 10, 12)) {
            hashing.put("cost " + cost, median(3, () ->
                s.execute("select lab.crypt('secret', lab.gen_salt('bf', " + cost + "))")));
        }
    }
    if (since(18, "sha512crypt")) {
        show(query("""
            select left(lab.crypt('secret', lab.gen_salt('sha512crypt')), 14) as new_in_18"""));
    }
    show(compare("bcrypt in the database, one password", "ms", hashing,
        "each step of the cost doubles the work"));

    interface Hasher {
        String hash(char[] password, byte[] salt, int rounds) throws Exception;
    }
    Hasher hasher = (password, salt, rounds) -> {
        var key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(new PBEKeySpec(password, salt, rounds, 256)).getEncoded();
        var text = Base64.getEncoder().withoutPadding();
        return String.join("$", "", "pbkdf2-sha256", "" + rounds,
            text.encodeToString(salt), text.encodeToString(key));
    };
    var salt = new byte[16];
    new SecureRandom().nextBytes(salt);
    var stored = hasher.hash("secret".toCharArray(), salt, 600_000);
    show(stored);
    var parts = stored.split("\\$");                    // "", algorithm, rounds, salt, key
    var typed = hasher.hash("Secret".toCharArray(), Base64.getDecoder().decode(parts[3]),
        Integer.parseInt(parts[2]));
    expect("another password does not fit", false,
        MessageDigest.isEqual(stored.getBytes(), typed.getBytes()));
    // end::where-to-hash[]
    expect("six steps of the cost are a factor of sixty-four, more or less",
        hashing.get("cost 12") / hashing.get("cost 6"), r -> r > 8);
    expect("'bf' alone means a cost of 6", "$2a$06$",
        value(String.class, "select left(lab.gen_salt('bf'), 7)"));

    step("audit-as-printed");                           // tag::audit-as-printed[]
    execute(owner(), """
        create table lab.audit_log (
          table_name text, record_id uuid, action text, changed_at timestamptz
        );
        create function lab.log_user_changes() returns trigger language plpgsql as $$
        begin
          insert into lab.audit_log values ('users', new.id, tg_op, now());
          return new;
        end $$;
        create trigger user_audit_trigger after insert or update or delete on lab.users
          for each row execute function lab.log_user_changes();

        insert into lab.users (id, email, password_hash)
          values ('00000000-0000-0000-0000-00000000000d', 'dora@example.com', 'x');
        update lab.users set email = 'dora@example.org' where email = 'dora@example.com';
        update lab.users set email = email where email = 'dora@example.org';
        delete from lab.users where email = 'dora@example.org';
        truncate lab.users cascade;""");
    var printed = query("select action, record_id, changed_at::time from lab.audit_log");
    show(printed);
    expect("five statements, four lines", 4, printed.rows().size());

    execute(owner(), """
        delete from lab.audit_log;
        alter table lab.audit_log alter column record_id set not null;  -- as it should be
        insert into lab.users (email, password_hash) values ('emil@example.com', 'x')""");
    var undeletable = (SQLException) fails(() -> execute(app(), "delete from lab.users"));
    show(undeletable);
    // end::audit-as-printed[]
    expect("an audit that cannot write its line keeps the user alive", "23502", undeletable.getSQLState());
    expect("emil is still there", 1L, value(Long.class, "select count(*) from lab.users"));

    step("before-and-after");                           // tag::before-and-after[]
    execute(owner(), """
        create function lab.keep() returns trigger language plpgsql as $$
        begin return new; end $$;
        create trigger keep before delete on lab.notes
          for each row execute function lab.keep();
        insert into lab.notes values ('delete me');""");
    try (var c = app().connect(); var s = c.createStatement()) {
        show("rows deleted, says the driver: " + s.executeUpdate("delete from lab.notes"));
    }
    expect("the row has outlived it, and nobody complained", 1L,
        value(Long.class, "select count(*) from lab.notes where body = 'delete me'"));

    execute(owner(), """
        drop trigger keep on lab.notes;
        truncate lab.notes;
        create function lab.add() returns trigger language plpgsql as $$
        begin new.body := new.body || tg_argv[0]; return new; end $$;
        create trigger z before insert on lab.notes
          for each row execute function lab.add(' first?');
        create trigger a before insert on lab.notes
          for each row execute function lab.add(' second?');
        insert into lab.notes values ('order:');""");
    show(query("select body from lab.notes"));

    execute(owner(), """
        create table lab.seen_by (role text);
        grant insert on lab.seen_by to course_app;
        create function lab.who() returns trigger language plpgsql as $$
        begin insert into lab.seen_by values (current_user); return null; end $$;
        create constraint trigger who after insert on lab.notes
          deferrable initially deferred for each row execute function lab.who();""");
    execute(admin(), """
        begin;
        set local role course_app;
        insert into lab.notes values ('late trigger');
        reset role;
        commit""");                                     // the trigger runs here
    show(query("select role as the_deferred_trigger_ran_as from lab.seen_by"));
    // end::before-and-after[]
    expect("triggers fire in the order of their names", 1L,
        value(Long.class, "select count(*) from lab.notes where body = 'order: second? first?'"));
    expect("since 18 as the role of the statement", version() < 18 ? 0L : 1L,
        value(Long.class, "select count(*) from lab.seen_by where role = 'course_app'"));

    step("audit-right");                                // tag::audit-right[]
    execute(owner(), """
        drop table lab.audit_log;
        drop function lab.log_user_changes cascade;
        delete from lab.users;
        create table lab.audit_log (
          table_name text not null,
          record_id  uuid not null,
          action     text not null,
          old_row    jsonb,
          new_row    jsonb,
          actor      text not null default coalesce(
                       nullif(current_setting('app.current_user_id', true), ''), session_user),
          changed_at timestamptz not null default clock_timestamp()
        );
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
    show(query("""
        select action, actor, old_row ->> 'email' as old_email, new_row ->> 'email' as new_email
        from lab.audit_log order by changed_at"""));

    record Forgery(String statement, String sqlstate) { }
    var forgeries = new ArrayList<Forgery>();
    for (var statement : List.of(
            "insert into lab.audit_log values ('users', gen_random_uuid(), 'DELETE')",
            "update lab.audit_log set actor = 'somebody else'",
            "delete from lab.audit_log", "truncate lab.users cascade",
            "create temp table mine (like lab.users); create trigger mine after insert on mine "
                + "for each row execute function lab.audit()")) {
        var refused = (SQLException) fails(() -> execute(app(), statement));
        forgeries.add(new Forgery(statement, refused.getSQLState()));
    }
    show(forgeries);
    // end::audit-right[]
    expect("two inserts, two updates, one delete", "DELETE 1, INSERT 2, UPDATE 2", value(String.class, """
        select string_agg(action || ' ' || n, ', ' order by action)
        from (select action, count(*) as n from lab.audit_log group by action) counted"""));
    expect("no hash in any of it", 0L, value(Long.class,
        "select count(*) from lab.audit_log where (old_row::text || new_row::text) like '%hash%'"));
    expect("the app may do none of this",
        forgeries.stream().allMatch(f -> f.sqlstate().equals("42501")));

    step("price-of-an-audit");                          // tag::price-of-an-audit[]
    execute(owner(), """
        create table lab.people (
          id uuid primary key, email text not null, logins int not null);
        create function lab.audit_statement() returns trigger language plpgsql
          security definer set search_path = pg_catalog, pg_temp as $$
        begin
          insert into lab.audit_log (table_name, record_id, action, old_row, new_row)
          select tg_table_name, o.id, tg_op, to_jsonb(o), to_jsonb(n)
          from old_rows o join new_rows n using (id);
          return null;
        end $$;""");
    var triggers = new LinkedHashMap<String, String>();
    triggers.put("no trigger", "select 1");
    triggers.put("for each statement", """
        create trigger audit after update on lab.people
          referencing old table as old_rows new table as new_rows
          for each statement execute function lab.audit_statement()""");
    triggers.put("for each row", """
        create trigger audit after update on lab.people
          for each row execute function lab.audit()""");
    var took = new LinkedHashMap<String, Double>();
    var calls = new LinkedHashMap<String, Long>();
    for (var kind : triggers.keySet()) {
        execute(owner(), """
            drop trigger if exists audit on lab.people;
            truncate lab.people, lab.audit_log;
            insert into lab.people
            select gen_random_uuid(), 'user' || n || '@example.com', 0
            from generate_series(1, 50000) n""");
        execute(owner(), "analyze lab.people");
        execute(owner(), triggers.get(kind));
        var update = query("""
            explain (analyze, timing off, format json)
            update lab.people set logins = logins + 1""");
        var json = update.rows().getFirst().getFirst().orElseThrow();
        took.put(kind, number(json, "Execution Time"));
        calls.put(kind, kind.equals("no trigger") ? 0 : (long) number(json, "Calls"));
    }
    show(compare("update 50 000 rows", "ms", took, "the row trigger costs most"));
    show(compare("calls of the trigger function", "calls", calls, "and this is why"));
    // end::price-of-an-audit[]
    expect("a call for each row", 50_000L, calls.get("for each row"));
    expect("or one for all", 1L, calls.get("for each statement"));
    expect("an audit is not free", took.get("for each row") > 1.2 * took.get("no trigger"));
    expect("both wrote one line for each row", 50_000L, value(Long.class, "select count(*) from lab.audit_log"));

    step("returning-old-and-new");                      // tag::returning-old-and-new[]
    execute(owner(), """
        insert into lab.users (email, password_hash) values ('hugo@example.com', 'x')""");
    if (since(18, "returning old and new")) {
        try (var c = app().connect(); var s = c.createStatement()) {
            show(s.executeQuery("""
                update lab.users set email = 'hugo@example.org'
                where email = 'hugo@example.com'
                returning old.email as old_email, new.email as new_email,
                          old.updated_at = new.updated_at as untouched"""));
            show(s.executeQuery("""
                insert into lab.people (id, email, logins)
                select id, 'again', 1 from (select id from lab.people order by id limit 1) one
                union all select '00000000-0000-0000-0000-00000000000a', 'new', 1
                on conflict (id) do update set email = excluded.email
                returning new.email, old.email as was, old.id is null as inserted"""));
        }
    }
    // end::returning-old-and-new[]

    step("hijack");                                     // tag::hijack[]
    execute(owner(), """
        create table lab.door_keys (code text primary key);
        insert into lab.door_keys values ('7331');
        create table lab.secrets (text text);
        insert into lab.secrets values ('the rabbit is in the hat');
        revoke all on lab.door_keys, lab.secrets from course_app;
        create schema playground;                       -- as public was before 15
        grant usage, create on schema playground to course_app;""");
    execute(app(), """
        create function playground.lower(text) returns text language plpgsql as $$
        begin
          grant select on lab.secrets to course_app;    -- run by whom?
          return '7331';
        exception when insufficient_privilege then return $1;
        end $$;""");
    var plain = """
        create or replace function lab.open(p_code text) returns boolean
          language plpgsql security definer %s as $$
        begin
          return exists (select from %sdoor_keys where code = lower(p_code));
        end $$""";
    var definitions = new LinkedHashMap<String, String>();
    definitions.put("as it comes", plain.formatted("", ""));
    definitions.put("set search_path = lab",
        plain.formatted("set search_path = lab", ""));
    definitions.put("set search_path = lab, pg_temp",
        plain.formatted("set search_path = lab, pg_temp", ""));
    definitions.put("qualified, pg_catalog, pg_temp",
        plain.formatted("set search_path = pg_catalog, pg_temp", "lab."));

    record Attack(String definition, boolean true_key,
                  boolean temp_table, boolean own_function) { }
    var attacks = new ArrayList<Attack>();
    for (var definition : definitions.entrySet()) {
        execute(owner(), definition.getValue());
        execute(owner(), "revoke select on lab.secrets from course_app");
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
            attacks.add(new Attack(definition.getKey(), honest, fooled, value(Boolean.class,
                "select has_table_privilege('course_app', 'lab.secrets', 'select')")));
        }
    }
    show(attacks);
    // end::hijack[]
    expect("as it comes, both attacks work",
        attacks.getFirst().temp_table() && attacks.getFirst().own_function());
    expect("a path without pg_temp at its end leaves the temporary table in front",
        attacks.get(1).temp_table() && !attacks.get(1).own_function());
    expect("with it, neither works", attacks.stream().skip(2).noneMatch(a -> a.temp_table() || a.own_function()));
    expect("the true key opens every door", attacks.stream().allMatch(Attack::true_key));

    step("volatility");                                 // tag::volatility[]
    execute(owner(), """
        create function lab.tidy(p text) returns text
          language plpgsql as $$ begin return lower(btrim(p)); end $$;
        create function lab.tidy_stable(p text) returns text
          language plpgsql stable as $$ begin return lower(btrim(p)); end $$;""");
    var find = """
        select id from app.users
        where lower(email) = %s(' User777@Example.com ') and deleted_at is null""";
    var perRow = plan(find.formatted("lab.tidy"));
    var once = plan(find.formatted("lab.tidy_stable"));
    show(perRow);
    show(once);

    execute(owner(), """
        create function lab.posts_of(p uuid) returns setof app.posts language sql stable
          as $$ select * from app.posts where author_id = p $$;
        create function lab.posts_of_opaque(p uuid) returns setof app.posts
          language plpgsql stable as $$
        begin
          return query select * from app.posts where author_id = p;
        end $$;""");
    var author = value(UUID.class,
        "select id from app.users where lower(email) = 'user1@example.com'");
    var newest = "select title from %s(?) order by created_at desc limit 3";
    var inlined = plan(newest.formatted("lab.posts_of"), author);
    var opaque = plan(newest.formatted("lab.posts_of_opaque"), author);
    show(inlined);
    show(opaque);
    // end::volatility[]
    expect("the stable one reads a hundredth of the pages",
        buffers(perRow), all -> all > 100 * buffers(once));
    expect("the body of an SQL function can vanish into the plan", false,
        has(inlined, "Function Scan"));
    expect("that of PL/pgSQL cannot", true, has(opaque, "Function Scan"));

    step("queue");                                      // tag::queue[]
    execute(owner(), """
        create table lab.jobs (
          id int primary key, runs int not null default 0, done_at timestamptz);
        create index on lab.jobs (id) where done_at is null;""");
    var locks = new LinkedHashMap<String, String>();
    locks.put("select", "");
    locks.put("… for update", "for update");
    locks.put("… skip locked", "for update skip locked");
    var seconds = new LinkedHashMap<String, Double>();
    var doneAgain = new LinkedHashMap<String, Long>();
    for (var lock : locks.entrySet()) {
        execute(owner(), """
            truncate lab.jobs; insert into lab.jobs select generate_series(1, 200)""");
        var start = new CyclicBarrier(4);
        Callable<Integer> worker = () -> {
            int turns = 0;
            try (var c = app().connect(); var s = c.createStatement()) {
                c.setAutoCommit(false);
                start.await(10, TimeUnit.SECONDS);
                while (turns < 2000 && open(s) > 0) {
                    turns++;
                    var job = s.executeQuery("select id from lab.jobs "
                        + "where done_at is null order by id limit 1 " + lock.getValue());
                    if (job.next()) {
                        var id = job.getInt(1);
                        s.execute("select pg_sleep(0.003)");      // the work
                        s.execute("update lab.jobs set runs = runs + 1, done_at = now() "
                            + "where id = " + id);
                    }
                    c.commit();
                }
            }
            return turns;
        };
        try (var four = Executors.newFixedThreadPool(4)) {
            seconds.put(lock.getKey(), time(() -> {
                var all = Collections.nCopies(4, worker);
                for (var each : four.invokeAll(all, 60, TimeUnit.SECONDS)) {
                    each.get();
                }
            }));
        }
        doneAgain.put(lock.getKey(),
            value(Long.class, "select sum(runs) - count(*) from lab.jobs"));
    }
    show(compare("200 jobs, 4 workers: done once too often", "jobs", doneAgain,
        "a plain select lends one job to several"));
    show(compare("200 jobs, 4 workers", "ms", seconds, "whoever waits does not work"));
    expect("with a lock, every job was done once",
        doneAgain.get("… for update") == 0 && doneAgain.get("… skip locked") == 0);
    // end::queue[]
    expect("without one, many were done again", doneAgain.get("select"), n -> n > 20);
    expect("skipping beats waiting", seconds.get("… for update") > 1.2 * seconds.get("… skip locked"));

    step("worker-dies");                                // tag::worker-dies[]
    execute(owner(), """
        truncate lab.jobs;
        insert into lab.jobs select generate_series(1, 3);
        alter table lab.jobs add column started_at timestamptz;""");
    var ways = new LinkedHashMap<String, String>();
    ways.put("row lock, until commit", """
        begin;
        select id from lab.jobs where done_at is null
        order by id limit 1 for update skip locked""");
    ways.put("started_at, committed at once", """
        begin;
        update lab.jobs set started_at = now()
        where id = (select id from lab.jobs where started_at is null
                    order by id limit 1 for update skip locked)
        returning id;
        commit""");
    record Claim(String claimed_by, String worker, String colleague,
                 String after_the_death) { }
    var claims = new ArrayList<Claim>();
    for (var way : ways.entrySet()) {
        var worker = session("worker");
        var colleague = session("colleague");
        var his = worker.value(way.getValue());
        var hers = colleague.value(way.getValue());
        colleague.run("rollback");                      // so far she only looked
        valueAs(admin(), Boolean.class, "select pg_terminate_backend(?, 5000)", worker.pid());
        claims.add(new Claim(way.getKey(), his, hers, colleague.value(way.getValue())));
        colleague.run("rollback");
    }
    show(claims);
    // end::worker-dies[]
    expect("a lock dies with its worker, a note stays", List.of("1 2 1", "1 2 3"), claims.stream()
        .map(c -> c.worker() + " " + c.colleague() + " " + c.after_the_death()).toList());

    step("notify");                                     // tag::notify[]
    var ear = closing(app().connect());
    ear.createStatement().execute("listen news");
    var mouth = closing(app().connect());
    mouth.setAutoCommit(false);
    var say = mouth.createStatement();
    record Heard(String said, List<String> heard) { }
    var news = new ArrayList<Heard>();

    say.execute("notify news, 'hello'");
    news.add(new Heard("hello, not committed yet", notifications(ear, 200)));
    mouth.commit();
    news.add(new Heard("hello, committed", notifications(ear, 200)));
    say.execute("notify news, 'never mind'");
    mouth.rollback();
    news.add(new Heard("never mind, rolled back", notifications(ear, 200)));
    for (var payload : List.of("same", "same", "other", "same")) {
        say.execute("select pg_notify('news', '" + payload + "')");
    }
    mouth.commit();
    news.add(new Heard("same, same, other, same", notifications(ear, 200)));
    ear.close();                                        // the network blinks
    say.execute("notify news, 'important'");
    mouth.commit();
    var newEar = closing(app().connect());
    newEar.createStatement().execute("listen news");
    news.add(new Heard("important, while nobody listened", notifications(newEar, 200)));
    show(news);
    var tooLong = (SQLException) fails(() ->
        say.execute("select pg_notify('news', repeat('x', 8000))"));
    show(tooLong);
    // end::notify[]
    expect("heard after commit alone, once each, and only by those present",
        List.of(List.of(), List.of("hello"), List.of(), List.of("same", "other"), List.of()),
        news.stream().map(Heard::heard).toList());
    expect("8000 bytes are too many", "22023", tooLong.getSQLState());

    step("what-stays");                                 // tag::what-stays[]
    execute(owner(), "drop schema lab, playground cascade");
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
    // end::what-stays[]
    expect("the rehearsal left nothing", 0L, value(Long.class, "select count(*) from app.audit_log"));
}

/** A number of EXPLAIN's JSON. */
double number(String json, String name) {
    var found = Pattern.compile("\"" + name + "\": ([0-9.]+)").matcher(json);
    found.find();
    return Double.parseDouble(found.group(1));
}

/** Whether the door opens. */
boolean opens(Statement s, String code) throws SQLException {
    try (var answer = s.executeQuery("select lab.open('" + code + "')")) {
        answer.next();
        return answer.getBoolean(1);
    }
}

/** Jobs that are not done yet. */
int open(Statement s) throws SQLException {
    try (var answer = s.executeQuery("select count(*) from lab.jobs where done_at is null")) {
        answer.next();
        return answer.getInt(1);
    }
}

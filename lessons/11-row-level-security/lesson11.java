///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.base;
import module java.sql;
import java.sql.Connection;
import com.zaxxer.hikari.*;
import lab.Login;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import static script.Script.*;

/** Row-level security: who sees which rows, who sees them all the same, and how a request says who it is. */
void main(String... args) throws Exception {
    begin("11-row-level-security", args);

    step("who-is-exempt");                                       // tag::who-is-exempt[]
    execute(owner(), """
        create schema if not exists lab;                         -- the workbench of this lesson
        grant usage on schema lab to course_app;
        drop table if exists lab.posts;
        create table lab.posts (author_id uuid not null, title text not null);
        insert into lab.posts values
          ('00000000-0000-0000-0000-00000000000a', 'Ann writes'),
          ('00000000-0000-0000-0000-00000000000a', 'Ann goes on'),
          ('00000000-0000-0000-0000-00000000000b', 'Bob''s diary');

        alter table lab.posts enable row level security;         -- as a well-known recipe has it
        create policy user_posts_policy on lab.posts for all
          using (author_id = current_setting('app.current_user_id')::uuid)""");
    var ann = "set app.current_user_id = '00000000-0000-0000-0000-00000000000a'; ";
    var reporter = """
        begin;                                                   -- and no commit: the role is gone
        create role lab_reporter bypassrls;
        grant usage on schema lab to lab_reporter;
        grant select on lab.posts to lab_reporter;
        set local role lab_reporter;""";
    var seen = new ArrayList<Seen>();
    for (var force : List.of("no force", "force")) {
        execute(owner(), "alter table lab.posts " + force + " row level security");
        seen.add(new Seen(force, "the app", rows(app(), ann, "lab.posts")));
        seen.add(new Seen(force, "the owner", rows(owner(), ann, "lab.posts")));
        seen.add(new Seen(force, "a role with bypassrls", rows(admin(), ann + reporter, "lab.posts")));
        seen.add(new Seen(force, "the superuser", rows(admin(), ann, "lab.posts")));
    }
    show(seen);
    // end::who-is-exempt[]
    expect("what app and owner see, without force and with it", List.of("2 rows", "3 rows", "2 rows", "2 rows"),
        seen.stream().filter(s -> Set.of("the app", "the owner").contains(s.role())).map(Seen::sees).toList());
    if (valueAs(admin(), Boolean.class, "select rolsuper from pg_roles where rolname = current_user")) {
        expect("what the others see", Set.of("3 rows"), seen.stream()
            .filter(s -> s.role().contains("super") || s.role().contains("bypass")).map(Seen::sees).collect(Collectors.toSet()));
    } else {
        skipped("The administrator of this server is no superuser, so the last two rows of each four are not what a superuser sees.");
    }

    step("nobody");                                              // tag::nobody[]
    execute(owner(), """
        drop table if exists lab.repaired;
        alter table lab.posts no force row level security;       -- or the owner could not copy it
        create table lab.repaired as table lab.posts;
        alter table lab.repaired enable row level security;
        create policy own on lab.repaired
          using (author_id = nullif(current_setting('app.current_user_id', true), '')::uuid)""");
    var answers = new ArrayList<Answer>();
    for (var before : List.of(
            "",
            "select set_config('app.current_user_id', null, false)",
            "set app.current_user_id = ''",
            "begin; set local app.current_user_id = 'Ann'; commit",
            "set app.current_user_id = 'Ann'; reset app.current_user_id",
            "set app.current_user_id = 'Ann'",
            "set app.current_user_id = '00000000-0000-0000-0000-00000000000c'")) {
        answers.add(new Answer(before, rows(app(), before, "lab.posts"),
            rows(app(), before, "lab.repaired")));
    }
    show(answers);
    // end::nobody[]
    expect("as printed", List.of("42704", "22P02", "22P02", "22P02", "22P02", "22P02", "0 rows"),
        answers.stream().map(Answer::as_printed).toList());
    expect("repaired", List.of("0 rows", "0 rows", "0 rows", "0 rows", "0 rows", "22P02", "0 rows"),
        answers.stream().map(Answer::repaired).toList());

    sql("each-command", owner(), """
        -- tag::each-command[]
        create or replace function lab.me() returns text stable language sql
          return nullif(current_setting('app.current_user_id', true), '');
        create or replace function lab.answer(statement text) returns text language plpgsql as $$
        declare n bigint;
        begin
          execute statement;
          get diagnostics n = row_count;
          return n || case n when 1 then ' row' else ' rows' end;
        exception when others then
          return sqlstate;
        end $$;
        drop table if exists lab.notes cascade;
        create table lab.notes (
          id       int primary key,
          author   text not null default lab.me(),
          title    text not null unique,
          archived boolean not null default false
        );
        insert into lab.notes values (1, 'ann', 'Buy cat food'), (2, 'ann', 'Learn SQL'),
          (3, 'bob', 'Ask for a raise');
        create policy own on lab.notes using (author = lab.me());
        alter table lab.notes enable row level security, force row level security;

        begin;                                   -- the owner is forced, so he may play the app
        set local app.current_user_id = 'ann';
        select statement, lab.answer(statement) from (values
          ($$select * from lab.notes$$),
          ($$insert into lab.notes values (4, 'ann', 'Sleep')$$),
          ($$insert into lab.notes values (5, 'bob', 'I resign')$$),
          ($$update lab.notes set author = 'bob' where id = 1$$),
          ($$update lab.notes set title = 'Stay' where id = 3$$),
          ($$delete from lab.notes where id = 3$$),
          ($$select * from lab.notes where id = 3 for update$$),
          ($$insert into lab.notes values (3, 'ann', 'X') on conflict do nothing$$),
          ($$insert into lab.notes values (3, 'ann', 'X') on conflict (id)
          do update set id = 6$$)) s(statement);
        rollback;
        -- end::each-command[]
        """);
    expect("a read, inserts, updates, a delete, a lock, upserts",
        List.of("2 rows", "1 row", "42501", "42501", "0 rows", "0 rows", "0 rows", "0 rows", "42501"),
        as("ann", "select * from lab.notes", "insert into lab.notes values (4, 'ann', 'Sleep')",
            "insert into lab.notes values (5, 'bob', 'I resign')", "update lab.notes set author = 'bob' where id = 1",
            "update lab.notes set title = 'Stay' where id = 3", "delete from lab.notes where id = 3",
            "select * from lab.notes where id = 3 for update", "insert into lab.notes values (3, 'ann', 'X') on conflict do nothing",
            "insert into lab.notes values (3, 'ann', 'X') on conflict (id) do update set id = 6"));
    expect("Bob's note is as it was", 1L, asBob("select count(*) from lab.notes where title = 'Ask for a raise'"));

    sql("a-policy-each", owner(), """
        -- tag::a-policy-each[]
        drop table if exists lab.letters;
        create table lab.letters (
          sender text not null default lab.me(), recipient text not null, body text not null
        );
        create policy send on lab.letters for insert with check (sender = lab.me());
        create policy get  on lab.letters for select using (recipient = lab.me());
        create policy burn on lab.letters for delete using (sender = lab.me());
        alter table lab.letters enable row level security, force row level security;

        begin;
        set local app.current_user_id = 'ann';
        select statement, lab.answer(statement) from (values
          ($$insert into lab.letters values ('ann', 'bob', 'Lunch?')$$),
          ($$insert into lab.letters values ('ann', 'bob', 'Lunch?') returning body$$),
          ($$insert into lab.letters values ('eve', 'bob', 'Send money')$$),
          ($$update lab.letters set body = 'Dinner?'$$),
          ($$delete from lab.letters where recipient = 'bob'$$),
          ($$delete from lab.letters$$)) letters(statement);
        set local app.current_user_id = 'bob';
        select * from lab.letters;
        rollback;
        -- end::a-policy-each[]
        """);
    expect("an insert, the same with returning, and in the name of another", List.of("1 row", "42501", "42501"),
        letters("insert into lab.letters values ('ann', 'bob', 'Lunch?')",
            "insert into lab.letters values ('ann', 'bob', 'Lunch?') returning body",
            "insert into lab.letters values ('eve', 'bob', 'Send money')"));
    expect("an update without a policy, a delete that reads, a delete that does not", List.of("1 row", "0 rows", "0 rows", "1 row"),
        letters("insert into lab.letters values ('ann', 'bob', 'Lunch?')", "update lab.letters set body = 'Dinner?'",
            "delete from lab.letters where recipient = 'bob'", "delete from lab.letters"));

    sql("what-looks-past", owner(), """
        -- tag::what-looks-past[]
        drop table if exists lab.comments;
        create table lab.comments (
          note_id int not null references lab.notes on delete cascade,
          author  text not null default lab.me(),
          body    text not null
        );
        insert into lab.comments values (1, 'bob', 'Which cat?');
        create policy own on lab.comments using (author = lab.me());
        alter table lab.comments enable row level security, force row level security;
        alter table lab.notes force row level security;

        begin;
        set local app.current_user_id = 'ann';
        select statement, lab.answer(statement) from (values
          ($$insert into lab.notes values (3, 'ann', 'Is 3 taken?')$$),
          ($$insert into lab.notes values (4, 'ann', 'Ask for a raise')$$),
          ($$insert into lab.comments values (3, 'ann', 'Good luck')$$),
          ($$insert into lab.comments values (7, 'ann', 'Is there a 7?')$$)) guesses(statement);
        delete from lab.notes where id = 1;                      -- with Bob's comment on it
        set local app.current_user_id = 'bob';
        select count(*) as comments_of_bob from lab.comments;
        truncate lab.notes, lab.comments;                        -- no policy asked
        set local app.current_user_id = 'ann';
        select count(*) as notes_of_ann from lab.notes;
        rollback;
        -- end::what-looks-past[]
        """);
    expect("a taken key, a taken title, a note that is hidden, one that is not there", List.of("23505", "23505", "1 row", "23503"),
        as("ann", "insert into lab.notes values (3, 'ann', 'Is 3 taken?')", "insert into lab.notes values (4, 'ann', 'Ask for a raise')",
            "insert into lab.comments values (3, 'ann', 'Good luck')", "insert into lab.comments values (7, 'ann', 'Is there a 7?')"));
    expect("Bob's comment goes with Ann's note", List.of("1 row", "1 row", "0 rows"), as("ann", "delete from lab.notes where id = 1",
        "select set_config('app.current_user_id', 'bob', true)", "select * from lab.comments"));

    sql("views", admin(), """
        -- tag::views[]
        begin;
        set local role course_owner;
        alter table lab.notes no force row level security;
        create view lab.as_it_comes as select * from lab.notes;
        create view lab.invoked with (security_invoker = true) as select * from lab.notes;
        create materialized view lab.kept as select * from lab.notes;
        create function lab.all_notes() returns setof lab.notes security definer language sql
          return (select n from lab.notes n order by id limit 1);
        set local role course_app;
        set local app.current_user_id = 'bob';
        select 'the table' as bob_asks, array_agg(title order by id) as and_reads from lab.notes
        union all select 'a view', array_agg(title order by id) from lab.as_it_comes
        union all select 'with security_invoker', array_agg(title order by id) from lab.invoked
        union all select 'a materialized view', array_agg(title order by id) from lab.kept
        union all select 'a security definer function', array_agg(title) from lab.all_notes();
        set local role course_owner;
        alter table lab.notes force row level security;
        set local role course_app;
        select array_agg(title) as the_view_when_its_owner_is_forced from lab.as_it_comes;
        reset role;
        rollback;
        -- end::views[]
        """);
    expect("notes that Bob sees through views: as it comes, of the invoker, as it comes with force", List.of(3L, 1L, 1L),
        List.of(through("no force", ""), through("no force", "with (security_invoker = true)"), through("force", "")));

    sql("or-and-and", owner(), """
        -- tag::or-and-and[]
        begin;
        set local app.current_user_id = 'ann';
        update lab.notes set archived = true where id = 2;
        select array_agg(id order by id) as her_own from lab.notes;

        create policy for_the_report on lab.notes for select using (true);
        select array_agg(id order by id) as and_another_permissive from lab.notes;
        drop policy for_the_report on lab.notes;

        create policy not_archived on lab.notes as restrictive for select using (not archived);
        select array_agg(id order by id) as and_a_restrictive from lab.notes;

        drop policy own on lab.notes;
        select array_agg(id order by id) as a_restrictive_alone from lab.notes;
        drop policy not_archived on lab.notes;
        select array_agg(id order by id) as no_policy_at_all from lab.notes;
        rollback;
        -- end::or-and-and[]
        """);
    expect("with a second permissive policy, a restrictive one, that alone, none", List.of("1,2,3", "1", "", ""), List.of(
        visible("create policy for_the_report on lab.notes for select using (true)"),
        visible("create policy not_archived on lab.notes as restrictive using (id <> 2)"),
        visible("create policy not_archived on lab.notes as restrictive using (id <> 2); drop policy own on lab.notes"),
        visible("drop policy own on lab.notes")));

    step("a-backup-of-ann");                                     // tag::a-backup-of-ann[]
    execute(owner(), "alter table lab.notes force row level security");
    var exports = new ArrayList<Export>();
    for (var setting : List.of("row_security = on", "row_security = off")) {
        exports.add(new Export("the app as Ann", setting,
            copied(app(), "set app.current_user_id = 'ann'; set " + setting)));
        exports.add(new Export("the app", setting, copied(app(), "set " + setting)));
        exports.add(new Export("the owner, forced", setting, copied(owner(), "set " + setting)));
        exports.add(new Export("the superuser", setting, copied(admin(), "set " + setting)));
    }
    show(exports);
    try (var c = app().connect(); var s = c.createStatement()) {
        s.execute("set app.current_user_id = 'ann'");
        show(fails(() -> new CopyManager(c.unwrap(BaseConnection.class))
            .copyIn("copy lab.notes from stdin", new StringReader("4\tann\tSleep\tf\n"))));
    }
    // end::a-backup-of-ann[]
    expect("exports of Ann, nobody and the owner, with row_security on and off",
        List.of("2 rows", "0 rows", "0 rows", "42501", "42501", "42501"),
        exports.stream().filter(e -> !e.who().contains("super")).map(Export::exported).toList());

    var dumps = shell("whose-dump", """
        # tag::whose-dump[]
        dropdb --if-exists --force notes 2> /dev/null         # of an earlier run of this cell
        createdb notes
        psql -qX -d notes <<'SQL'
        set client_min_messages = warning;
        drop role if exists notes_owner, notes_app, notes_backup;
        create role notes_owner;
        create role notes_app;
        create role notes_backup bypassrls;
        create table notes (author text not null, title text not null);
        insert into notes values ('ann', 'Buy cat food'), ('ann', 'Learn SQL'), ('bob', 'Ask for a raise');
        create policy own on notes using (author = current_setting('app.current_user_id', true));
        alter table notes enable row level security, force row level security, owner to notes_owner;
        grant select on notes to notes_app, notes_backup;
        SQL

        dump() {
          echo "$1: pg_dump ${*:2}"
          pg_dump -d notes -f dump.sql "${@:2}" && code=0 || code=$?
          echo "exit code $code, $(grep -cE '^(ann|bob)' dump.sql) of 3 notes"
          echo
        }
        dump "the app" --role=notes_app
        dump "the owner, forced" --role=notes_owner
        dump "the app" --role=notes_app --enable-row-security
        export PGOPTIONS="-c app.current_user_id=ann"         # says who asks
        dump "the app as Ann" --role=notes_app --enable-row-security
        unset PGOPTIONS
        dump "a role with bypassrls" --role=notes_backup
        # end::whose-dump[]
        """);
    dumps.ifPresent(said -> {
        var each = List.of(said.split("\n\n"));
        expect("dumps", 5, each.size());
        expect("the app and the forced owner are told", true, each.stream().limit(2).allMatch(d ->
            d.contains("query would be affected by row-level security policy") && d.contains("exit code 1, 0 of 3")));
        expect("a dump with row security, of nobody and of Ann", true,
            each.get(2).endsWith("exit code 0, 0 of 3 notes") && each.get(3).endsWith("exit code 0, 2 of 3 notes"));
        expect("all of them are in the dump of a role with bypassrls", true, each.get(4).endsWith("exit code 0, 3 of 3 notes"));
    });

    sql("leaks", owner(), """
        -- tag::leaks[]
        create or replace function lab.peek(text) returns boolean language plpgsql cost 0.0001 as $$
        begin
          raise notice 'passing by: %', $1;
          return true;
        end $$;
        begin;
        set local app.current_user_id = 'ann';
        create table lab.open_notes as select * from (values
          ('ann', 'Buy cat food'), ('bob', 'Ask for a raise')) n(author, title);
        create view lab.mine as select * from lab.open_notes where author = lab.me();
        select title as through_a_view from lab.mine where lab.peek(title);

        alter view lab.mine set (security_barrier = true);
        select title as through_a_barrier from lab.mine where lab.peek(title);
        select title as through_a_policy from lab.notes where lab.peek(title);
        select lab.answer('alter function lab.peek leakproof') as may_the_owner_promise;
        rollback;
        -- end::leaks[]
        """);
    expect("titles that pass by: a view, a barrier", List.of(2, 1), List.of(passing(""), passing("with (security_barrier = true)")));
    if (valueAs(admin(), Boolean.class, "select rolsuper from pg_roles where rolname = current_user")) {
        expect("and behind the barrier once the function counts as leakproof", 2,
            passing("with (security_barrier = true)", "alter function lab.peek leakproof"));
    }
    expect("the owner may not say that it tells nobody", "42501", as("ann", "alter function lab.peek leakproof").getFirst());

    sql("the-index-waits", owner(), """
        -- tag::the-index-waits[]
        begin;
        drop table if exists lab.people;
        create table lab.people (
          id int primary key, team int not null, email text not null
        ) with (autovacuum_enabled = off);
        insert into lab.people select n, n % 10, 'User' || n || '@example.com'
        from generate_series(1, 100000) n;
        create index people_email on lab.people (email);
        create index people_lower on lab.people (lower(email));
        commit;
        analyze lab.people;
        explain (analyze, buffers, timing off, summary off)
        select id from lab.people
        where lower(email) = 'user777@example.com';  -- without a policy

        create policy not_team_9 on lab.people using (team <> 9);
        alter table lab.people enable row level security, force row level security;
        explain (analyze, buffers, timing off, summary off)
        select id from lab.people
        where lower(email) = 'user777@example.com';  -- with one
        explain (analyze, buffers, timing off, summary off)
        select id from lab.people
        where email = 'User777@example.com';         -- with one, and the bare column
        select proname, proleakproof as leakproof from pg_proc
        where oid in ('lower(text)'::regprocedure, 'texteq'::regproc, 'textlike'::regproc,
          'uuid_eq'::regproc, 'ts_match_vq'::regproc) order by leakproof, proname;
        -- end::the-index-waits[]
        """);
    var byLower = "select id from lab.people where lower(email) = 'user777@example.com'";
    var byEmail = "select id from lab.people where email = 'User777@example.com'";
    expect("times the pages that lower() reads under a policy, wanted over 50",
        buffers(plan(byLower)) / buffers(planAfter("alter table lab.people disable row level security", byLower)), r -> r > 50);
    expect("and times those of the bare column, wanted over 50", buffers(plan(byLower)) / buffers(plan(byEmail)), r -> r > 50);

    sql("a-cheap-policy", owner(), """
        -- tag::a-cheap-policy[]
        begin;
        drop table if exists lab.docs;
        create table lab.docs (id int primary key, author text not null, body text not null)
          with (autovacuum_enabled = off);
        insert into lab.docs select n, 'user' || n % 20000, 'body ' || md5(n::text)
        from generate_series(1, 100000) n;
        create policy own on lab.docs using (author = lab.me());
        alter table lab.docs enable row level security, force row level security;
        create or replace function lab.me_again() returns text language plpgsql as $$
        begin
          return nullif(current_setting('app.current_user_id', true), '');
        end $$;
        commit;
        analyze lab.docs;

        begin;
        set local app.current_user_id = 'user7';
        explain (analyze, buffers, timing off, summary off)
        select id from lab.docs;                                 -- without an index
        create index docs_author on lab.docs (author);
        explain (analyze, buffers, timing off, summary off)
        select id from lab.docs;                                 -- with it
        alter policy own on lab.docs using (author = lab.me_again());
        explain (analyze, buffers, timing off, summary off)
        select id from lab.docs;                                 -- PL/pgSQL, volatile by default
        alter policy own on lab.docs using (author = (select lab.me_again()));
        explain (analyze, buffers, timing off, summary off)
        select id from lab.docs;                                 -- once, not for each row
        commit;
        -- end::a-cheap-policy[]
        """);
    expect("pages without an index, with it, with a function, with that in a select: wanted many, few, many, few",
        List.of(buffers(docs("drop index lab.docs_author; alter policy own on lab.docs using (author = lab.me())")),
            buffers(docs("alter policy own on lab.docs using (author = lab.me())")),
            buffers(docs("alter policy own on lab.docs using (author = lab.me_again())")), buffers(docs(""))),
        pages -> pages.get(0) > 20 * pages.get(1) && pages.get(2) > 20 * pages.get(3));

    step("bob-reads-ann");                                       // tag::bob-reads-ann[]
    var readings = new ArrayList<Reading>();
    try (var pool = pool(1)) {
        try (var c = pool.getConnection();
             var set = c.prepareStatement("set app.current_user_id = ?")) {
            set.setString(1, "ann");
            show(fails(set::execute));
        }
        for (var local : List.of(false, true)) {
            for (var autocommit : List.of(true, false)) {
                String anns;
                try (var c = pool.getConnection();               // Ann's request
                     var who = c.prepareStatement(
                         "select set_config('app.current_user_id', ?, ?)")) {
                    c.setAutoCommit(autocommit);
                    who.setString(1, "ann");
                    who.setBoolean(2, local);
                    who.execute();
                    anns = reply(c, "select * from lab.notes");
                    if (!autocommit) {
                        c.commit();
                    }
                }
                try (var c = pool.getConnection()) {             // Bob's, who forgot to say so
                    readings.add(new Reading("set_config(…, " + local + ")",
                        autocommit, anns, reply(c, "select * from lab.notes")));
                }
                pool.getHikariPoolMXBean().softEvictConnections();
            }
        }
    }
    show(readings);

    var bouncer = pgBouncer(Map.of("default_pool_size", "1", "max_prepared_statements", "100"));
    if (bouncer.isPresent()) {
        var crossings = new ArrayList<Reading>();
        for (var local : List.of(true, false)) {
            try (var anns = bouncer.get().connect(); var bobs = bouncer.get().connect()) {
                anns.setAutoCommit(false);
                reply(anns, "select set_config('app.current_user_id', 'ann', " + local + ")");
                var own = reply(anns, "select * from lab.notes");
                anns.commit();
                crossings.add(new Reading("set_config(…, " + local + ")", false, own,
                    reply(bobs, "select * from lab.notes")));
            }
        }
        show(crossings);
        expect("Bob, with a connection of his own, reads", List.of("0 rows", "2 rows"),
            crossings.stream().map(Reading::bob_reads).toList());
    }
    // end::bob-reads-ann[]
    expect("the session's setting stays for Bob, the transaction's does not outlive a statement or the transaction",
        List.of("2 rows 2 rows", "2 rows 2 rows", "0 rows 0 rows", "2 rows 0 rows"),
        readings.stream().map(r -> r.ann_reads() + " " + r.bob_reads()).toList());

    step("one-request");                                         // tag::one-request[]
    var desk = closing(pool(2));
    var visits = Collections.synchronizedList(new ArrayList<Visit>());
    try (var threads = Executors.newFixedThreadPool(8)) {
        for (int i = 0; i < 160; i++) {
            var user = List.of("ann", "bob", "").get(i % 3);
            var fails = i % 5 == 0;
            threads.submit(() -> asUser(desk, user, c -> {
                visits.add(new Visit(user, authors(c)));
                var changed = reply(c, "update lab.notes set title = title || '!'");
                if (fails) {
                    throw new IllegalStateException("in the middle of a request");
                }
                return changed;
            }));
        }
    }
    show(visits.stream().distinct().sorted(Comparator.comparing(Visit::user)).toList());
    expect("requests", 160, visits.size());
    expect("requests that saw what is not theirs", 0L, visits.stream().filter(v ->
        !v.sees().equals(v.user().isEmpty() ? Set.of() : Set.of(v.user()))).count());
    // end::one-request[]
    expect("marks on Bob's note, one for each of his requests that went well", 43L,
        asBob("select length(title) - length('Ask for a raise') from lab.notes"));

    step("three-ways");                                          // tag::three-ways[]
    var own = """
        create table lab.t (tenant text, id int, title text, primary key (tenant, id));
        create policy own on lab.t using (tenant = %s);
        alter table lab.t enable row level security;""";
    var ways = List.of(                                          // for two hundred tenants
        way("a setting", own.formatted("current_setting('app.tenant', true)"), ""),
        way("a role each", own.formatted("current_user"), "reset role; create role lab_tenant_%1$s"),
        way("a schema each", "", """
            create schema lab_tenant_%1$s create table t (id int primary key, title text)"""));
    show(ways);
    expect("times the catalog rows of a setting that schemas cost, wanted over 100",
        ways.get(2).catalog_rows() / ways.get(0).catalog_rows(), r -> r > 100);
    // end::three-ways[]
    expect("files of 200 schemas, wanted over 400", ways.get(2).files(), f -> f > 400);
    expect("roles are few rows", ways.get(1).catalog_rows(), r -> r < 1000);

    step("a-green-test");                                        // tag::a-green-test[]
    var verdicts = List.of(
        verdict("as it should be", "", "lab.notes"),
        verdict("never enabled", "alter table lab.notes disable row level security", "lab.notes"),
        verdict("one policy too many", "create policy all_of_it on lab.notes using (true)", "lab.notes"),
        verdict("through a view", """
            alter table lab.notes no force row level security;
            create view lab.titles as select * from lab.notes""", "lab.titles"));
    show(verdicts);
    // end::a-green-test[]
    expect("with a condition it is always green", Set.of("green"),
        verdicts.stream().map(Verdict::with_a_condition).collect(Collectors.toSet()));
    expect("the app's tests", List.of("green", "red", "red", "red"), verdicts.stream().map(Verdict::as_the_app).toList());

    step("what-stays");                                          // tag::what-stays[]
    execute(owner(), "drop schema if exists lab cascade");
    show(migrate());
    show(query("""
        select tablename, policyname, permissive, cmd from pg_policies
        where schemaname = 'app' order by tablename, policyname"""));

    var someone = "01856aa1-f0d1-756d-a59b-9a4556283bc0";        // user 1
    var write = "insert into app.posts (author_id, title) values ('" + someone + "', 'Hello')";
    try (var c = app().connect()) {
        c.setAutoCommit(false);                                  // a rehearsal: rolled back below
        var replies = new ArrayList<Reply>();
        for (var statement : List.of(write,
                "select set_config('app.current_user_id', '" + someone + "', true)", write,
                "delete from app.posts where title = 'Hello'",
                "delete from app.posts where author_id <> '" + someone + "'")) {
            replies.add(new Reply(statement, reply(c, statement)));
        }
        show(replies);
        c.rollback();
        expect("as nobody, then as user 1", List.of("42501", "1 row", "1 row", "1 row", "0 rows"),
            replies.stream().map(Reply::answer).toList());
    }
    // end::what-stays[]
}

/** What a role sees of three rows, where two are Ann's and she is the user. */
record Seen(String table, String role, String sees) { }

/** What the app reads after some statements, under the policy as printed and under the repaired one. */
record Answer(String before, String as_printed, String repaired) { }

/** What PostgreSQL answers: rows, or the SQLSTATE. */
record Reply(String statement, String answer) { }

/** How much of three notes an export has. */
record Export(String who, String setting, String exported) { }

/** What Ann reads after naming herself, and then Bob, who names nobody. */
record Reading(String ann_says, boolean autocommit, String ann_reads, String bob_reads) { }

/** Whose notes a request has seen. */
record Visit(String user, Set<String> sees) { }

/** What two hundred tenants cost. */
record Way(String way, long catalog_rows, long files, long kilobytes, long tables_to_alter) { }

/** How tests judge a schema: "Ann sees nobody else's notes". */
record Verdict(String schema, String with_a_condition, String as_superuser, String as_the_app) { }

/** Work of a request. */
interface Request<T> {
    T run(Connection connection) throws SQLException;
}

/** One request: one connection, one transaction, and whoever asks is named in it. */
<T> T asUser(DataSource pool, String user, Request<T> request) throws SQLException {
    try (var connection = pool.getConnection()) {
        connection.setAutoCommit(false);
        try (var who = connection.prepareStatement("select set_config('app.current_user_id', ?, true)")) {
            who.setString(1, user);
            who.execute();
            var result = request.run(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            connection.rollback();
            throw e;
        }
    }
}

/** A pool of the app. */
HikariDataSource pool(int size) {
    var config = new HikariConfig();
    config.setJdbcUrl(url());
    config.setUsername(user());
    config.setPassword(password());
    config.setMaximumPoolSize(size);
    return new HikariDataSource(config);
}

String count(long rows) {
    return rows == 1 ? "1 row" : rows + " rows";
}

/** How many rows a statement gives or changes, or the SQLSTATE, after which the transaction goes on. */
String reply(Connection connection, String sql) throws SQLException {
    var savepoint = connection.getAutoCommit() ? null : connection.setSavepoint();
    try (var statement = connection.createStatement()) {
        long rows = 0;
        if (statement.execute(sql)) {
            for (var result = statement.getResultSet(); result.next(); ) {
                rows++;
            }
        } else {
            rows = statement.getUpdateCount();
        }
        return count(rows);
    } catch (SQLException e) {
        if (savepoint != null) {
            connection.rollback(savepoint);
        }
        return e.getSQLState();
    }
}

/** How many rows of a table a new session sees after some statements. */
String rows(Login login, String before, String table) throws SQLException {
    try (var connection = login.connect(); var statement = connection.createStatement()) {
        statement.execute(before);
        return reply(connection, "select * from " + table);
    } catch (SQLException e) {
        return e.getSQLState();
    }
}

/** What the statements of a user give, one after the other, in a transaction of the owner that is rolled back. */
List<String> as(String user, String... statements) throws SQLException {
    try (var connection = owner().connect()) {
        connection.setAutoCommit(false);
        reply(connection, "select set_config('app.current_user_id', '" + user + "', true)");
        var replies = new ArrayList<String>();
        for (var statement : statements) {
            replies.add(reply(connection, statement));
        }
        connection.rollback();
        return replies;
    }
}

/** What Ann's statements give, with her letters as they are at the beginning. */
List<String> letters(String... statements) throws SQLException {
    return as("ann", statements);
}

/** How many notes Bob sees through a view of the owner. */
long through(String force, String options) throws SQLException {
    return inRole("course_app", "bob", "alter table lab.notes " + force + " row level security; "
        + "create view lab.some_view " + options + " as select * from lab.notes", "select count(*) from lab.some_view");
}

/** What the app sees for Bob. */
long asBob(String query) throws SQLException {
    return inRole("course_app", "bob", "", query);
}

/** The first value of a query as a role and for a user, after statements of the owner; all of it is rolled back. */
long inRole(String role, String user, String statements, String query) throws SQLException {
    try (var connection = admin().connect(); var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("set local role course_owner; " + statements);
        statement.execute(role.isEmpty() ? "reset role" : "set local role " + role);
        statement.execute("select set_config('app.current_user_id', '" + user + "', true)");
        var rows = statement.executeQuery(query);
        rows.next();
        var value = rows.getLong(1);
        connection.rollback();
        return value;
    }
}

/** The ids that Ann sees after statements of the owner, which are rolled back. */
String visible(String statements) throws SQLException {
    try (var connection = owner().connect(); var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute(statements + "; select set_config('app.current_user_id', 'ann', true)");
        var rows = statement.executeQuery("select coalesce(string_agg(id::text, ',' order by id), '') from lab.notes");
        rows.next();
        var ids = rows.getString(1);
        connection.rollback();
        return ids;
    }
}

/** How many lines {@code copy … to stdout} gives, which is what pg_dump sends; or the SQLSTATE. */
String copied(Login login, String before) throws SQLException {
    try (var connection = login.connect(); var statement = connection.createStatement()) {
        statement.execute(before);
        var lines = new CopyManager(connection.unwrap(BaseConnection.class))
            .copyOut("copy lab.notes to stdout", new StringWriter());
        return count(lines);
    } catch (SQLException e) {
        return e.getSQLState();
    } catch (IOException e) {
        throw new UncheckedIOException(e);
    }
}

/** How many titles pass by the curious function through a view; all of it is rolled back. */
int passing(String options, String... promises) throws SQLException {
    try (var connection = (promises.length == 0 ? owner() : admin()).connect(); var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        for (var promise : promises) {
            statement.execute(promise);
        }
        statement.execute("set local app.current_user_id = 'ann'");
        statement.execute("create table lab.open_notes as select * from (values ('ann', 'Buy'), ('bob', 'Ask')) n(author, title)");
        statement.execute("create view lab.mine " + options + " as select * from lab.open_notes where author = lab.me()");
        statement.executeQuery("select title from lab.mine where lab.peek(title)").next();
        var notices = 0;
        for (var warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            notices++;
        }
        connection.rollback();
        return notices;
    }
}

/** The plan of all documents of one user after a change of the owner's, which is rolled back. */
kernel.output.Output.Plan docs(String change) throws SQLException {
    return planAfter("set local app.current_user_id = 'user7'; " + change, "select id from lab.docs");
}

/** Whose notes a connection sees. */
Set<String> authors(Connection connection) throws SQLException {
    try (var statement = connection.createStatement(); var rows = statement.executeQuery("select author from lab.notes")) {
        var authors = new TreeSet<String>();
        while (rows.next()) {
            authors.add(rows.getString(1));
        }
        return authors;
    }
}

/** Makes room for 200 tenants, looks what it costs, and takes it away again. */
Way way(String name, String once, String each) throws SQLException {
    try (var connection = admin().connect(); var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        var before = costs(statement);
        statement.execute("set local role course_owner; " + once);
        for (int tenant = 1; tenant <= 200; tenant++) {
            statement.execute(each.formatted(tenant));
        }
        statement.execute("reset role");
        var after = costs(statement);
        connection.rollback();
        return new Way(name, after.catalog_rows() - before.catalog_rows(), after.files() - before.files(),
            after.kilobytes() - before.kilobytes(), after.tables_to_alter() - before.tables_to_alter());
    }
}

Way costs(Statement statement) throws SQLException {
    try (var rows = statement.executeQuery("""
            select (select count(*) from pg_class) + (select count(*) from pg_attribute) + (select count(*) from pg_type)
                + (select count(*) from pg_index) + (select count(*) from pg_constraint) + (select count(*) from pg_depend)
                + (select count(*) from pg_namespace) + (select count(*) from pg_roles) + (select count(*) from pg_policy),
              (select count(*) from pg_class where relfilenode > 0),
              (select sum(pg_relation_size(oid)) / 1024 from pg_class where relkind in ('r', 'i', 't') and not relisshared),
              (select count(*) from pg_class where relkind = 'r')""")) {
        rows.next();
        return new Way("", rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4));
    }
}

/** Runs the same test against a schema in three ways. */
Verdict verdict(String schema, String change, String from) throws SQLException {
    var others = "select count(*) filter (where author <> 'ann') from " + from;
    return new Verdict(schema, colour(inRole("", "ann", change, others + " where author = 'ann'")),
        colour(inRole("", "ann", change, others)), colour(inRole("course_app", "ann", change, others)));
}

String colour(long notesOfOthers) {
    return notesOfOthers == 0 ? "green" : "red";
}

import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.*;

/** After each of many statements the counts are compared with the posts. */
class CountAlongTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final String WRONG = """
        select author, t.posts as truth, c.posts as counted
        from (select author, count(*) as posts from app.posts group by author) t
        full join app.post_counts c using (author) where coalesce(t.posts, 0) is distinct from coalesce(c.posts, 0)""";
    private static final String BLOCKED =
        "select exists (select from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0)";

    @Test @Hint(1) @Promises({"from-the-start", "app-reads"}) @DisplayName("the migration runs, and the counts are right")
    void startsRight(Clone clone, Answer answer) throws SQLException {
        AnswerMigrations.run(clone, answer);
        try (var app = Sql.connect(clone.app())) {
            right(app, "after V2", "There are posts already.");
        }
    }

    @Test @Needs("startsRight") @Hint(2) @Promises({"any-statement", "app-reads"}) @DisplayName("posts are counted when they come")
    void inserted(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            does(app, "insert into app.posts (author, title) values (1, 'One')", "One post more, by somebody who has posts.");
            does(app, "insert into app.posts (author, title) values (77, 'First')", "The first post of an author who has no row yet.");
            does(app, "insert into app.posts (author, title) values (-5, 'Negative'), (0, 'Zero'), (2147483647, 'Most'), (-2147483648, 'Least')", "An author is a number.");
            does(app, "insert into app.posts (author, title) select 1 + n % 90, 'Many' from generate_series(1, 600) n", "One statement, many posts, of many authors.");
            does(app, "insert into app.posts (author, title) select 1, 'None' where false", "A statement without rows.");
            does(app, "insert into app.posts (id, author, title) overriding system value select id, 1, 'Again' from app.posts where author = 2 on conflict do nothing",
                "An insert of what is there does nothing.");
        }
    }

    @Test @Needs("inserted") @Hint(1) @Promises("any-statement") @DisplayName("and when they go")
    void deleted(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            does(app, "delete from app.posts where id = (select min(id) from app.posts where author = 2)", "One post less.");
            does(app, "delete from app.posts where title = 'Many'", "One statement, many posts, of many authors.");
            does(app, "delete from app.posts where author = 77", "The last post of an author.");
            does(app, "insert into app.posts (author, title) values (77, 'Back')", "An author who had none for a while.");
        }
    }

    @Test @Needs("deleted") @Hint(1) @Promises("any-statement") @DisplayName("and when they change hands")
    void moved(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            does(app, "update app.posts set author = 5 where author = 3", "All posts of one author go to another.");
            does(app, "update app.posts set author = 88 where author = 77", "To one who has none.");
            does(app, "update app.posts set author = 1001 where id = (select min(id) from app.posts where author = 1)", "To one who has never had any.");
            does(app, "update app.posts set author = 1002, id = default where id = (select min(id) from app.posts where author = 1)", "To another one, under another id.");
            does(app, "update app.posts set id = default where author = 1", "Other ids, and nobody else's.");
            does(app, "update app.posts set author = author % 4 + 1, title = title || '!' where author > 0 and author < 2000", "Everybody's posts go round.");
            does(app, "update app.posts set title = 'New title' where author = 1", "Who changes a title moves nothing.");
            does(app, "insert into app.posts (id, author, title) overriding system value select id, 9, 'Again' from app.posts where author = 2 "
                + "on conflict (id) do update set author = excluded.author", "An insert that turns out to be an update.");
        }
    }

    @Test @Needs("moved") @Hint(1) @Promises("any-statement") @DisplayName("also by statements that do several of these")
    void mixed(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            does(app, "with gone as (delete from app.posts where author = 1 returning title) insert into app.posts (author, title) select 2001, title from gone",
                "Delete and insert in one statement.");
            does(app, """
                merge into app.posts p using (values (2001, 1), (9, 2), (2002, 3)) as wanted (author, what) on p.author = wanted.author
                when matched and what = 1 then update set author = 2003
                when matched and what = 2 then delete
                when not matched then insert (author, title) values (wanted.author, 'Merged')""", "Insert, update and delete in one statement.");
            var random = RandomData.create();
            for (int i = 0; i < 25; i++) {
                var one = random.number(1, 12);
                var other = random.number(1, 12);
                var many = random.number(0, 20);
                does(app, switch (random.number(1, 4)) {
                    case 1 -> "insert into app.posts (author, title) select %d + n %% %d, 'Random' from generate_series(1, %d) n".formatted(one, other, many);
                    case 2 -> "delete from app.posts where id in (select id from app.posts where author in (%d, %d) order by id limit %d)".formatted(one, other, many);
                    case 3 -> "update app.posts set author = %d where id in (select id from app.posts where author <> %d order by id desc limit %d)".formatted(one, other, many);
                    default -> "update app.posts set author = author + %d where author between %d and %d".formatted(other - 6, one, one + 2);
                }, "One of many statements, made up for this check.");
            }
        }
    }

    @Test @Needs("moved") @Hint(1) @Promises("together") @DisplayName("nothing is left of a rollback")
    void rolledBack(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            does(app, "begin; insert into app.posts (author, title) values (1, 'Never'), (99, 'Never'); "
                + "delete from app.posts where author = 4; update app.posts set author = 6 where author = 5; rollback", "It never happened.");
            does(app, "begin; insert into app.posts (author, title) values (1, 'Kept'); savepoint s; "
                + "insert into app.posts (author, title) values (1, 'Gone'), (98, 'Gone'); rollback to s; commit", "Half of it happened.");
        }
    }

    @Test @Fresh @Needs("inserted") @Hint(1) @Promises("together") @DisplayName("two who write at the same moment are both counted")
    void together(Clone clone, Answer answer) throws Exception {
        AnswerMigrations.run(clone, answer);
        for (var isolation : Isolation.values()) {
            for (var statement : List.of("insert into app.posts (author, title) values (1, 'Both')", "insert into app.posts (author, title) values (5%1$d%3$d, 'Both')",
                    "delete from app.posts where id = (select min(id) from app.posts where author = 1 and id %% 2 = %2$d)",
                    "update app.posts set author = 2 where id = (select min(id) from app.posts where author = 3 and id %% 2 = %2$d)",
                    "update app.posts set author = 7%1$d%3$d where id = (select min(id) from app.posts where author = 4 and id %% 2 = %2$d)")) {
                for (var end : List.of("rollback", "commit")) {
                    var one = statement.formatted(isolation.ordinal(), 0, end.length());
                    overlap(clone, isolation, one, statement.formatted(isolation.ordinal(), 1, end.length()), end);
                    right(clone, "after two at the same time, " + (end.equals("commit") ? "" : "the first rolled back, ") + "in " + isolation + ": " + one,
                        "Does it add, or count again what it can see?");
                }
            }
        }
    }

    @Test @Fresh @Needs("together") @Hint(1) @Promises("together") @DisplayName("and so are many")
    void crowd(Clone clone, Answer answer) throws Exception {
        AnswerMigrations.run(clone, answer);
        for (int round = 1; round <= 3; round++) {
            var racers = new ArrayList<Callable<Object>>();
            for (int n = 0; n < 8; n++) {
                var sql = switch (n % 4) {
                    case 0, 1 -> "insert into app.posts (author, title) values (%d, 'Crowd')".formatted(4000 + round);
                    case 2 -> "update app.posts set author = %d where id = (select min(id) from app.posts where author = 5 and id %% 4 = %d)".formatted(4000 + round, n / 4);
                    default -> "delete from app.posts where id = (select max(id) from app.posts where author = 6 and id %% 4 = %d)".formatted(n / 4);
                };
                racers.add(() -> {
                    Sql.execute(clone.app(), sql);
                    return "done";
                });
            }
            for (var outcome : Task.race(PATIENCE, racers)) {
                Expect.that("What came of one of eight who write at the same time", outcome instanceof Task.Outcome.Value || outcome.sqlState().equals("40P01"), "it is done", outcome,
                    "It may wait for the others, but not fail.");
            }
            right(clone, "after eight at the same time", "Does it add, or count again what it can see?");
        }
    }

    @Test @Needs("deleted") @Hint(1) @Promises("any-statement") @DisplayName("an emptied table has no posts")
    void truncated(Clone clone) throws SQLException {
        for (var sql : List.of("begin; truncate app.posts; rollback", "truncate app.posts", "truncate app.posts restart identity cascade")) {
            Expect.works("The owner runs: " + sql, () -> Sql.execute(clone.owner(), sql), "Statements on app.posts must still work.");
            right(clone, "after: " + sql, "truncate fires no trigger for rows.");
            try (var app = Sql.connect(clone.app())) {
                does(app, "insert into app.posts (author, title) values (1, 'First of all'), (2, 'Second of all')", "Counting goes on.");
            }
        }
    }

    @Test @Needs("truncated") @Hint(1) @Promises("any-statement") @DisplayName("each statement at once, while the transaction is open")
    void inTransaction(Clone clone) throws SQLException {
        for (var end : List.of("rollback", "commit")) {
            try (var owner = Sql.connect(clone.owner())) {
                owner.setAutoCommit(false);
                does(owner, "insert into app.posts (author, title) values (1, 'Open'), (97, 'Open')", "Nothing is committed yet, and who has written reads on.");
                does(owner, "update app.posts set author = 96 where author = 97", "Nothing is committed yet, and who has written reads on.");
                does(owner, "delete from app.posts where author = 96", "Nothing is committed yet, and who has written reads on.");
                if (end.equals("rollback")) {
                    does(owner, "truncate app.posts", "Nothing is committed yet, and who has written reads on.");
                }
                Sql.execute(owner, end);
            }
            right(clone, "after a transaction of several statements, and " + end, "Does it count each statement, and at once?");
        }
    }

    @Test @Needs("truncated") @Hint(1) @Promises({"any-statement", "together"}) @DisplayName("also of those that came after the transaction began")
    void truncatedLate(Clone clone) throws SQLException {
        for (var isolation : Isolation.values()) {
            try (var owner = isolation.connect(clone.owner())) {
                owner.setAutoCommit(false);
                Rows.query(owner, "select count(*) from app.posts");
                owner.commit();
                Rows.query(owner, "select 1"); // its snapshot, in two of the three
                var author = 5000 + isolation.ordinal();
                Sql.execute(clone.app(), "insert into app.posts (author, title) values (%d, 'Late')".formatted(author));
                Sql.execute(owner, "truncate app.posts");
                owner.commit();
            } catch (SQLException e) {
                Expect.equal("The SQLSTATE of truncate in " + isolation + ", after somebody else has written a post", "40001", e.getSQLState(), "PostgreSQL may ask to try again, and nothing else.");
            }
            right(clone, "after truncate in " + isolation + ", whose transaction began before the first post of an author came", "truncate removes also what its transaction does not see.");
        }
    }

    @Test @Needs("inserted") @Hint(2) @Promises({"app-reads", "app-cannot-write"}) @DisplayName("whatever the search_path of the application is")
    void searchPath(Clone clone) throws SQLException {
        for (var path : List.of("''", "pg_temp, app", "pg_temp, pg_catalog, app")) {
            try (var app = Sql.connect(clone.app())) {
                Sql.execute(app, "create temp table post_counts (author int primary key, posts bigint); create temp table posts (like app.posts); set search_path = " + path);
                does(app, "insert into app.posts (author, title) values (1, 'From elsewhere'), (3001, 'From elsewhere')", "Whose names does the function see?");
                does(app, "update app.posts set author = 3002 where author = 3001", "Whose names does the function see?");
                does(app, "delete from app.posts where author = 3002", "Whose names does the function see?");
            }
        }
    }

    @Test @Needs("inserted") @Hint(2) @Promises("app-cannot-write") @DisplayName("the application reads counts and cannot write them")
    void notForTheApp(Clone clone) throws SQLException {
        var relations = Sql.query(clone.owner(), """
            select c.oid::regclass::text, (select string_agg(quote_ident(attname), ',') from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped
              and atttypid in ('int'::regtype, 'bigint'::regtype, 'numeric'::regtype))
            from pg_class c join pg_namespace n on n.oid = relnamespace
            where relkind in ('r', 'p', 'v') and nspname !~ '^(pg_|information_schema)' and relname !~ '^flyway' and c.oid <> 'app.posts'::regclass""");
        for (var relation : relations.values()) {
            var name = relation.getFirst();
            var columns = relation.getLast() == null ? List.<String>of() : List.of(relation.getLast().toString().split(","));
            var writes = new ArrayList<String>();
            for (var column : columns) {
                writes.add("update %s set %s = %s + 1000".formatted(name, column, column));
            }
            if (!columns.isEmpty()) {
                writes.add("insert into %s (%s) values (%s)".formatted(name, String.join(", ", columns), String.join(", ", columns.stream().map(column -> "4711").toList())));
            }
            writes.add("delete from " + name);
            writes.add("truncate " + name);
            for (var sql : writes) {
                tries(clone, sql);
                right(clone, "after the application has tried: " + sql, "The course's roles get rights on new tables by default.");
            }
        }
    }

    @Test @Needs("inserted") @Hint(2) @Promises("app-cannot-write") @DisplayName("not by a function, nor by triggers on a table of its own")
    void forged(Clone clone) throws SQLException {
        var calls = Sql.query(clone.owner(), """
            select format('%s %s(%s)', case prokind when 'p' then 'call' else 'select' end, p.oid::regproc, (select string_agg(case
              when type in ('int'::regtype, 'bigint'::regtype, 'numeric'::regtype) then (1 + nr * 7)::text when typcategory = 'S' then quote_literal('INSERT') else 'null' end
              || '::' || format_type(type, null), ', ' order by nr) from unnest(proargtypes::oid[]) with ordinality as a (type, nr) join pg_type t on t.oid = type))
            from pg_proc p join pg_namespace n on n.oid = pronamespace
            where nspname !~ '^(pg_|information_schema)' and prorettype <> 'trigger'::regtype and prokind in ('f', 'p')
              and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')""");
        for (var call : calls.values()) {
            tries(clone, call.getFirst().toString());
            right(clone, "after the application has tried: " + call.getFirst(), "Everybody may execute a new function, until it is revoked.");
        }
        var triggers = Sql.query(clone.owner(),
            "select pg_get_triggerdef(oid) from pg_trigger where tgrelid = 'app.posts'::regclass and not tgisinternal order by tgname");
        try (var app = Sql.connect(clone.app())) {
            for (var own : List.of("pg_temp.own_posts", "pg_temp.posts")) {
                Sql.execute(app, "create table %s (id bigint, author int, title text)".formatted(own));
                for (var trigger : triggers.values()) {
                    tries(app, trigger.getFirst().toString().replace(" ON app.posts ", " ON " + own + " "));
                }
                for (var sql : List.of("insert into %s values (1, 1, 'Forged'), (2, 987, 'Forged')", "update %s set author = author + 1", "delete from %s where id = 1", "truncate %s")) {
                    tries(app, sql.formatted(own));
                    right(clone, "after the application has hung the triggers of app.posts on a temporary table and run: " + sql.formatted(own),
                        "Everybody may execute a new function, until it is revoked; a trigger does.");
                }
            }
        }
    }

    @Test @Fresh @Needs("inserted") @Hint(2) @Promises("from-the-start") @DisplayName("posts that are being written while the migration runs are counted")
    void duringTheMigration(Clone clone, Answer answer) throws Exception {
        try (var writer = Sql.connect(clone.app()); var observer = Sql.connect(clone.observer())) {
            writer.setAutoCommit(false);
            Sql.execute(writer, "insert into app.posts (author, title) values (1, 'Being written'), (66, 'Being written'); "
                + "delete from app.posts where id = (select min(id) from app.posts where author = 2); "
                + "update app.posts set author = 67 where id = (select min(id) from app.posts where author = 3)");
            var migration = Task.start(() -> {
                AnswerMigrations.run(clone, answer);
                return "done";
            });
            Task.until(PATIENCE, () -> migration.isDone() || (Boolean) Rows.query(observer, BLOCKED).values().getFirst().getFirst());
            var late = Task.start(() -> {
                Sql.execute(clone.app(), "insert into app.posts (author, title) values (68, 'Late')");
                return "done";
            });
            Task.until(Duration.ofMillis(300), late::isDone); // it waits behind the migration, or is faster
            writer.commit();
            Expect.equal("What came of V2, while somebody writes", "done", migration.outcome(PATIENCE).toString(), "It may wait for the writer, but not fail.");
            Expect.equal("What came of a post that was written while V2 waited", "done", late.outcome(PATIENCE).toString(), "It may wait for the migration, but not fail.");
        }
        right(clone, "after V2 ran while somebody was writing", "What had been committed when the table was filled, and who counts the rest?");
    }

    /** The second statement runs while the first one's transaction is open, and waits for it or not. */
    private static void overlap(Clone clone, Isolation isolation, String one, String two, String end) throws Exception {
        try (var first = Sql.connect(clone.app()); var second = isolation.connect(clone.app())) {
            first.setAutoCommit(false);
            Sql.execute(first, one);
            var task = Task.start(() -> {
                Sql.execute(second, two);
                return "done";
            });
            task.waitsForLock(clone, Sql.pid(second), PATIENCE);
            Sql.execute(first, end);
            var outcome = task.outcome(PATIENCE);
            var aborted = isolation != Isolation.READ_COMMITTED && outcome.sqlState().equals("40001"); // PostgreSQL asks to try again
            Expect.that("What came of the second of two at the same time, in " + isolation + ": " + two, aborted || outcome instanceof Task.Outcome.Value, "it is done", outcome,
                "It may wait for the first, but not fail.");
        }
    }

    private static void tries(Clone clone, String sql) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            tries(app, sql);
        }
    }

    /** May be refused, or do nothing; what counts are the counts. */
    private static void tries(Connection app, String sql) {
        try {
            Sql.execute(app, sql);
        } catch (SQLException refused) {
            // as it should be
        }
    }

    private static void does(Connection app, String sql, String lookAt) throws SQLException {
        Expect.works("The application runs: " + sql, () -> Sql.execute(app, sql), "Statements on app.posts must still work.");
        right(app, "after: " + sql, lookAt);
    }

    private static void right(Clone clone, String when, String lookAt) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            right(app, when, lookAt);
        }
    }

    private static void right(Connection app, String when, String lookAt) throws SQLException {
        Expect.works("The application reads app.post_counts", () -> Sql.execute(app, "select author, posts from app.post_counts limit 1"), "It shows them on the page of an author.");
        Expect.table("Authors whose count is wrong " + when, Rows.columns("author", "truth", "counted"), Rows.query(app, WRONG), lookAt);
    }
}

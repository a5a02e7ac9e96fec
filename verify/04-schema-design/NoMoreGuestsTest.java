import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.*;
import org.postgresql.PGConnection;

/**
 * The files run one by one. In the first round a program works between them; in the second somebody writes, then reads, while
 * each of them runs, so that a file that needs a lock is seen to wait. Rows are counted by PostgreSQL, and the wait by its clock.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoMoreGuestsTest {
    private static final long FEW_ROWS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String GUESTS = "select count(*) from app.members where role::text = 'guest'";

    /** Since when the file waits, the time now, and for whom. */
    private static final String WAITS = """
        select extract(epoch from coalesce(waitstart, clock_timestamp()))::float8, extract(epoch from clock_timestamp())::float8, pg_blocking_pids(a.pid)
        from pg_stat_activity a left join pg_locks l on l.pid = a.pid and not granted
        where datname = current_database() and usename = 'course_owner' and (waitstart is not null or wait_event = 'PgSleep')""";

    /** How many guests were let in between the files. */
    private int newcomers;
    /** What was done between the files although a role is never NULL. */
    private final List<String> letIn = new ArrayList<>();
    private CatalogSnapshot before;
    private List<Behaviour> observed = List.of();

    /** Whether a file needed the lock that readers wait for, and how many rows it read or wrote once it had it. */
    private record Behaviour(String file, boolean strongLock, long rows) { }

    /** What the statistics know of the table; another file on disk means that all of it was written anew. */
    private record Work(long rows, String file) {
        long since(Work earlier) {
            return file.equals(earlier.file) ? rows - earlier.rows : Long.MAX_VALUE / 2;
        }
    }

    @Test @Hint(1) @Promises({"program-works", "nobody-lost"}) @DisplayName("the files run, and between them the program works")
    void runs(Clone clone, Answer answer) throws SQLException {
        before = CatalogSnapshot.of(clone);
        var promoted = 303;
        for (var file : pending(clone, answer)) {
            makeGuests(clone, "before " + file.getScript());
            Expect.works(file.getScript() + " runs", () -> flyway(clone, answer, file.getVersion()).migrate(),
                "PostgreSQL's words name the file's line. Before it the program has made guests.");
            var after = "After " + file.getScript() + " the program's ";
            try (var app = Sql.connect(clone.app())) {
                for (var statement : List.of(
                        "update app.members set seen_at = '2026-06-01Z' where id in (1, 2, 3, 100) or id > (select max(id) - 1 from app.members)",
                        "update app.members set seen_at = '2026-06-01Z', name = name where id = 6", "select id, name, role::text, seen_at from app.members where id < 10",
                        "insert into app.members (name) values ('Newcomer')", "insert into app.members (name, role) values ('New user', 'user')", "update app.members set role = 'admin' where id = 4",
                        "update app.members set role = 'user' where id = 4")) {
                    Expect.works(after + statement, () -> Sql.execute(app, statement), "Some members are guests, perhaps. Nobody asked the program.");
                }
                for (var change : List.of("insert into app.members (name, role, seen_at) values ('New admin', 'admin', '2026-06-01Z');admin;2026-06-01",
                        "update app.members set role = 'admin', seen_at = null where id = " + promoted + ";admin;NULL", "update app.members set role = 'admin' where id = 200;admin;NULL",
                        "update app.members set seen_at = '2026-06-02Z' where id = 200;admin;2026-06-02", "update app.members set role = 'user', seen_at = null where id = 200;user;NULL",
                        "update app.members set role = 'admin' where id = 200;admin;NULL")) {
                    var words = change.split(";");
                    var rows = new Rows[1];
                    Expect.works(after + words[0], () -> rows[0] = Rows.query(app, words[0] + " returning role::text, coalesce((seen_at at time zone 'UTC')::date::text, 'NULL') as seen"),
                        "An admin and a user have nothing to do with guests, and a guest may become an admin.");
                    Expect.table("What came of it after " + file.getScript() + ": " + words[0], Rows.columns("role", "seen").row(words[1], words[2]), rows[0], "Whom the program makes an admin or a user, he is.");
                }
                promoted += 3;
                app.setAutoCommit(false);
                for (var change : List.of("insert into app.members (name, role, seen_at) values ('Guest', 'guest', '2026-06-01Z')", "update app.members set role = 'guest', seen_at = '2026-06-01Z' where id = 200",
                        "update app.members set role = 'guest', seen_at = '2026-06-01Z' where id = 4", "update app.members set role = 'guest', seen_at = '2026-06-01Z' where id = 9")) {
                    try {
                        Expect.table("Whether there is a member after " + file.getScript() + " who is a guest or a user: " + change, Rows.columns("guest_or_user", "seen").row(true, true),
                            Rows.query(app, change + " returning role::text in ('guest', 'user') as guest_or_user, seen_at = '2026-06-01Z' as seen"),
                            "Making a guest works, or is refused, or makes a user. Whatever the member was before.");
                    } catch (SQLException refused) {
                        // As the task allows.
                    }
                    app.rollback();
                }
                for (var nothing : List.of("insert into app.members (name, role) values ('Nobody', null)", "update app.members set role = null where id = 1", "update app.members set role = null where id in (9, 100)")) {
                    try {
                        Sql.execute(app, nothing);
                        letIn.add("after " + file.getScript() + ": " + nothing);
                    } catch (SQLException refused) {
                        // In the end with 23502, as another check sees.
                    }
                    app.rollback();
                }
            }
        }
    }

    @Test @Needs("runs") @Hint(2) @Promises("nobody-a-guest") @DisplayName("nobody can be made a guest")
    void noNewGuest(Clone clone) throws SQLException {
        for (var login : List.of(clone.app(), clone.owner())) {
            for (var statement : List.of("insert into app.members (name, role) values ('Late', 'guest')", "update app.members set role = 'guest' where id in (5, 200)",
                    "update app.members set role = 'guest', seen_at = now() where id = 5", "insert into app.members (name, role) select name, 'guest' from app.members where id = 5",
                    "merge into app.members m using (values (5)) v(id) on m.id = v.id when matched then update set role = 'guest'",
                    "merge into app.members m using (values (-5)) v(id) on m.id = v.id when not matched then insert (name, role) values ('Late', 'guest')",
                    "insert into app.members (id, name, role) overriding system value values (5, 'Late', 'user') on conflict (id) do update set role = 'guest'")) {
                var after = "Guests after, as " + login.user() + ": " + statement;
                try (var connection = Sql.connect(login)) {
                    connection.setAutoCommit(false);
                    Sql.execute(connection, statement);
                    Expect.table(after, Rows.columns("count").row(0), Rows.query(connection, GUESTS), "The crossing is over. Which rule says that nobody is a guest?");
                    connection.rollback();
                } catch (SQLException refused) {
                    Expect.equal(after, 0L, Sql.number(clone.app(), GUESTS), "The crossing is over. Who is still a guest?");
                }
            }
        }
    }

    @Test @Needs("noNewGuest") @Hint(2) @Promises("nobody-a-guest") @DisplayName("nor anything that is neither admin nor user, whatever its name is by now")
    void noOtherRole(Clone clone) throws SQLException {
        var others = Sql.query(clone.owner(), """
            select quote_literal(e.enumlabel) from pg_attribute a join pg_enum e on e.enumtypid = a.atttypid
            where a.attrelid = 'app.members'::regclass and a.attname = 'role' and e.enumlabel not in ('admin', 'user')""").values();
        for (var other : others) {
            for (var statement : List.of("insert into app.members (name, role) values ('Late', " + other.getFirst() + ")", "update app.members set role = " + other.getFirst() + " where id = 5")) {
                try (var connection = Sql.connect(clone.owner())) {
                    connection.setAutoCommit(false);
                    Sql.execute(connection, statement);
                    Expect.table("Members who are neither admin nor user after: " + statement, Rows.columns("count").row(0),
                        Rows.query(connection, "select count(*) from app.members where role::text not in ('admin', 'user')"), "A value may stay in the type, as long as no row can have it.");
                    connection.rollback();
                } catch (SQLException refused) {
                    // So it is.
                }
            }
        }
    }

    @Test @Needs("runs") @Hint(2) @Promises("column-stays") @DisplayName("a role is never NULL, and user where nobody says another")
    void columnStays(Clone clone) throws SQLException {
        Expect.sqlState("A member whose role is NULL", "23502", () -> Sql.execute(clone.app(), "insert into app.members (name, role) values ('Nobody', null)"), "The column was `not null`.");
        Expect.sqlState("A member whose role becomes NULL", "23502", () -> Sql.execute(clone.app(), "update app.members set role = null where id = 1"), "The column was `not null`.");
        Sql.execute(clone.app(), "insert into app.members (name) values ('By default')");
        Expect.equal("The role of a member of whom nothing is said", "user", Sql.text(clone.app(), "select role::text from app.members where name = 'By default'"), "The column had a default.");
        Expect.equal("Roles that were NULL between the files", List.of(), letIn, "The column is `not null` all the time. What does your trigger make of NULL?");
    }

    @Test @Needs("runs") @Hint(1) @Promises("nobody-lost") @DisplayName("nobody is lost, and who was a guest is a user")
    void nobodyIsLost(Clone clone) throws SQLException {
        Expect.table("Members of before, by what they were and what they are", Rows.columns("was", "is", "count")
            .row("admin", "admin", 90).row("guest", "admin", 4).row("guest", "user", 2966).row("user", "user", 5940), Sql.query(clone.app(), """
            select case when id % 100 = 0 then 'admin' when id % 3 = 0 then 'guest' else 'user' end as was,
                   role::text as is, count(*) from app.members
            where id <= 9000 and name = 'Member ' || id and seen_at is not distinct from
              case when id in (1, 2, 3, 6, 100) then timestamptz '2026-06-01Z' end group by 1, 2"""), "Only guests change, and only their role. Four of them became admins on the way.");
        Expect.table("Guests who came between the files, and are users now", Rows.columns("count").row(newcomers), Sql.query(clone.app(),
            "select count(*) from app.members where name like 'Guest, before%' and role::text = 'user'"), "They were let in, so they are members.");
        Expect.table("Others who came between the files", Rows.columns("name", "role", "count").row("Newcomer", "user", 4).row("New admin", "admin", 4).row("New user", "user", 4),
            Sql.query(clone.app(), "select name, role::text as role, count(*) from app.members where name like 'New%' group by 1, 2"), "The default was user; an admin is an admin.");
    }

    @Test @Needs("runs") @Hint(2) @Promises("rule-checked") @DisplayName("no rule is left unchecked")
    void checksItsRules(Clone clone) throws SQLException {
        Expect.equal("Constraints that PostgreSQL has not checked for the old rows", List.of(), names(clone,
            "select conname::text from pg_constraint where conrelid = 'app.members'::regclass and not convalidated"),
            "`not valid` is a promise to look later. Did anybody look?");
    }

    @Test @Needs("runs") @Hint(2) @Promises("nothing-left") @DisplayName("no trigger and no function is left behind")
    void tidiesUp(Clone clone) throws SQLException {
        Expect.nothingElseChanged("Triggers and functions that were not there before", before, CatalogSnapshot.of(clone),
            "What did the crossing need that nobody needs any more?", "^(new|gone|changed): (?!trigger|function)", "^gone: ");
    }

    @Test @Needs("runs") @Fresh @Hint(2) @Promises({"gives-up", "nobody-lost"}) @DisplayName("a file that cannot have its lock gives up, and can be run again")
    void givesUpWaiting(Clone clone, Answer answer) throws Exception {
        var seen = new ArrayList<Behaviour>();
        for (var file : pending(clone, answer)) {
            if (!waitsFor("lock table app.members in share update exclusive mode", 1, clone, answer, file)) {
                seen.add(new Behaviour(file.getScript(), false, 0));
                continue;
            }
            var start = work(clone);
            var strong = waitsFor("lock table app.members in access share mode", 0, clone, answer, file);
            var reader = work(clone);
            if (strong) {
                Expect.works(file.getScript() + " runs once more, after the lock that it could not have", () -> flyway(clone, answer, file.getVersion()).migrate(),
                    "A file that failed has left nothing. PostgreSQL's words name the line.");
            }
            seen.add(new Behaviour(file.getScript(), strong, strong ? work(clone).since(reader) - reader.since(start) : 0));
        }
        observed = seen;
        Expect.works("The program sets seen_at of member 9, who was a guest", () -> Sql.execute(clone.app(), "update app.members set seen_at = now() where id = 9"), "Is he still one?");
        Expect.table("Members by what they were and what they are, when each file has met somebody at work", Rows.columns("was", "is", "count")
            .row("admin", "admin", 90).row("guest", "user", 2970).row("user", "user", 5940), Sql.query(clone.app(), """
            select case when id % 100 = 0 then 'admin' when id % 3 = 0 then 'guest' else 'user' end as was, role::text as is, count(*) from app.members
            where name = 'Member ' || id group by 1, 2"""), "Only guests change, and all of them.");
    }

    @Test @Needs("givesUpWaiting") @Fresh @Hint(2) @Promises("gives-up") @DisplayName("also when it has to wait twice, or for a lock that only writers wait for")
    void givesUpWaitingTwice(Clone clone, Answer answer) throws Exception {
        var strong = observed.stream().filter(Behaviour::strongLock).map(Behaviour::file).toList();
        for (var file : pending(clone, answer)) {
            if (strong.contains(file.getScript())) {
                waitsTwice(clone, answer, file, "share update exclusive");
                waitsTwice(clone, answer, file, "share");
            } else {
                waitsFor("lock table app.members in share mode", 0, clone, answer, file); // which writers wait for, and not readers
            }
            flyway(clone, answer, file.getVersion()).migrate();
        }
    }

    @Test @Needs("givesUpWaitingTwice") @Fresh @Hint(2) @Promises("gives-up") @DisplayName("also when it has to wait for one row after the other")
    void givesUpWaitingForRows(Clone clone, Answer answer) throws Exception {
        for (var file : pending(clone, answer)) {
            try (var one = using(clone, "select from app.members where id % 6 = 3 for update"); var another = using(clone, "select from app.members where id % 6 = 0 for update")) {
                waitsFor("select", "two others have a row of every guest, and the first one that the file waits for leaves after 1.5 seconds",
                    new ArrayList<>(List.of(one, another)), clone, answer, file);
            }
            flyway(clone, answer, file.getVersion()).migrate();
        }
    }

    @Test @Needs("runs") @Fresh @Hint(2) @Promises("nobody-lost") @DisplayName("whom the program makes an admin while a file runs is an admin")
    void becomesAdminMeanwhile(Clone clone, Answer answer) throws Exception {
        int guest = 9;
        for (var file : pending(clone, answer)) {
            try (var program = using(clone, "update app.members set role = 'admin' where id = " + guest); var observer = Sql.connect(clone.observer())) {
                var running = Task.start(() -> flyway(clone, answer, file.getVersion()).migrate());
                Task.until(PATIENCE, () -> running.isDone() || !Rows.query(observer, WAITS).values().isEmpty());
                program.commit();
                running.outcome(PATIENCE);
            }
            flyway(clone, answer, file.getVersion()).migrate(); // once more, where it has given up
            Expect.equal("What a guest is whom the program made an admin while " + file.getScript() + " ran", "admin", Sql.text(clone.app(), "select role::text from app.members where id = " + guest),
                "Is he still a guest when you change his row?");
            guest += 3;
        }
    }

    @Test @Needs("givesUpWaiting") @Hint(2) @Promises("weak-lock") @DisplayName("no file reads or writes the rows under the strong lock")
    void worksUnderWeakLock() {
        for (var file : observed) {
            Expect.that(file.file() + " does not read or write the rows while everybody waits for it", file.rows() < FEW_ROWS, "no row, or a lock that readers do not wait for",
                (file.rows() > Integer.MAX_VALUE ? "the table written anew" : file.rows() + " rows") + " under a lock that readers wait for",
                "A lock stays until the end of the file. Which statement reads, and which lock does the file take?");
        }
    }

    /** The program of today inserts one guest, and makes one of member 2. */
    private void makeGuests(Clone clone, String when) {
        try {
            Sql.execute(clone.app(), "insert into app.members (name, role) values ('Guest, " + when + "', 'guest')");
            newcomers++;
        } catch (SQLException refused) {
            // As the task allows.
        }
        try {
            Sql.execute(clone.app(), "update app.members set role = 'guest' where id = 2");
        } catch (SQLException refused) {
            // As the task allows.
        }
    }

    /**
     * Whether the file gives up because of somebody who has done this, and has not committed yet. So many others have a guest's row
     * each.
     */
    private static boolean waitsFor(String other, int others, Clone clone, Answer answer, MigrationInfo file) throws Exception {
        var holders = new ArrayList<Connection>();
        try {
            for (int i = 0; i < others; i++) {
                holders.add(using(clone, "select from app.members where id = " + (9 + 3 * i) + " for update"));
            }
            return waitsFor(other, others == 0 ? other : other + ", and another one has the row of a guest", new ArrayList<>(), clone, answer, file);
        } finally {
            for (var holder : holders) {
                holder.close();
            }
        }
    }

    /** Two of its statements wait, one after the other, and each of them for less than two seconds. */
    private static void waitsTwice(Clone clone, Answer answer, MigrationInfo file, String mode) throws Exception {
        var reader = "lock table app.members in access share mode";
        try (var other = using(clone, "lock table app.members in " + mode + " mode")) {
            waitsFor(reader, reader + ", and another one did so in " + mode + " mode for the first 1.5 seconds", new ArrayList<>(List.of(other)), clone, answer, file);
        }
    }

    private static Connection using(Clone clone, String work) throws SQLException {
        var connection = Sql.connect(clone.app());
        connection.setAutoCommit(false);
        Sql.execute(connection, work);
        return connection;
    }

    /** @param leave one of them ends its transaction when the file has waited for 1.5 seconds: the one that it waits for */
    private static boolean waitsFor(String other, String using, List<Connection> leave, Clone clone, Answer answer, MigrationInfo file) throws Exception {
        try (var somebody = using(clone, other); var observer = Sql.connect(clone.observer())) {
            var running = Task.start(() -> flyway(clone, answer, file.getVersion()).migrate().migrationsExecuted);
            var end = System.nanoTime() + PATIENCE.toNanos();
            var first = Double.NaN;
            while (!running.isDone()) {
                // Asked of the server, so that a slow machine is not taken for a wait. Who sleeps and looks again waits, too.
                var wait = Rows.query(observer, WAITS).values().stream().findFirst();
                if (wait.isPresent()) {
                    var since = ((Number) wait.get().getFirst()).doubleValue();
                    var now = ((Number) wait.get().get(1)).doubleValue();
                    first = Double.isNaN(first) ? since : first;
                    if (now - first > 1.5 && !leave.isEmpty()) {
                        var leaving = leave.getFirst();
                        for (var candidate : leave) {
                            var pid = candidate.unwrap(PGConnection.class).getBackendPID();
                            leaving = ((List<?>) wait.get().get(2)).stream().anyMatch(blocking -> ((Number) blocking).intValue() == pid) ? candidate : leaving;
                        }
                        leaving.rollback();
                        leave.clear();
                    }
                    Expect.that(file.getScript() + " gives up while somebody uses app.members (" + using + ")", now - first < 2.8,
                        "SQLSTATE 55P03 after two seconds at most", "later than that it still waits for a lock",
                        "Behind a migration that waits, everybody else waits. Which setting bounds the wait for a lock, and for how many of them?");
                }
                Expect.that(file.getScript() + " ends while somebody uses app.members (" + using + ")", System.nanoTime() < end, "an end", "it still runs", "For what does it wait?");
                Thread.sleep(10);
            }
            var outcome = running.outcome(PATIENCE);
            Expect.that(file.getScript() + " works or gives up, while somebody uses app.members (" + using + ")", outcome instanceof Task.Outcome.Value || outcome.sqlState().equals("55P03"),
                "no error, or SQLSTATE 55P03", outcome, "PostgreSQL's words name the line. Member 9 was a guest, and somebody had his row while each file ran.");
            somebody.commit();
            return !(outcome instanceof Task.Outcome.Value);
        }
    }

    /** Rows that scans and writers have touched so far. A session reports when it ends, so those of the owner must be gone. */
    private static Work work(Clone clone) throws Exception {
        try (var observer = Sql.connect(clone.observer())) {
            var gone = Task.until(PATIENCE, () -> Rows.query(observer, "select from pg_stat_activity where datname = current_database() and usename = 'course_owner'").values().isEmpty());
            Expect.that("Sessions of the migration end", gone, "no session", "one is still there", "Is something of it left running?");
            var row = Rows.query(observer, """
                select seq_tup_read + coalesce(idx_tup_fetch, 0) + n_tup_ins + n_tup_upd + n_tup_del, format('%s %s', relid, pg_relation_filenode(relid))
                from pg_stat_user_tables where schemaname = 'app' and relname = 'members'""").values().getFirst();
            return new Work(((Number) row.getFirst()).longValue(), String.valueOf(row.getLast()));
        }
    }

    private static List<MigrationInfo> pending(Clone clone, Answer answer) {
        return Arrays.asList(flyway(clone, answer, MigrationVersion.LATEST).info().pending());
    }

    private static Flyway flyway(Clone clone, Answer answer, MigrationVersion target) {
        return AnswerMigrations.configure(clone, answer).target(target).load();
    }

    private static List<Object> names(Clone clone, String sql) throws SQLException {
        return Sql.query(clone.app(), sql).values().stream().map(List::getFirst).toList();
    }
}

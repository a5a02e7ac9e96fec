import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.*;

/** Member 3 has left, member 1 is there. They and others come and go, by plain SQL and by Members.join. */
class WelcomeBackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Set<String> TAKEN = Set.of("23505", "23P01");
    private static final String IS_THERE = "insert into app.members (email, name) values ('%s', 'by SQL')";
    private static final String HAS_LEFT = "insert into app.members (email, name, deleted_at) values ('%s', 'by SQL', '2026-02-02 12:00Z')";
    private static final String ALL = "select id, email, name, deleted_at from app.members";

    private static final String SETTINGS = "select name, setting from pg_settings where source = 'session' and name not like 'transaction%'";

    @Test @Hint(1) @Promises({"past-stays", "left-any-number"}) @DisplayName("the migration runs, and nobody is changed or lost")
    void runs(Clone clone, Answer answer) throws SQLException {
        var before = Sql.query(clone.app(), ALL);
        AnswerMigrations.run(clone, answer);
        Expect.table("All rows of before V2", before, Sql.query(clone.app(), ALL), "A rule for new rows needs no change of the old ones.");
    }

    @Test @Needs("runs") @Hint(1) @Promises("left-any-number") @DisplayName("an address of somebody who has left is free")
    void addressIsFreeAgain(Clone clone) {
        Expect.works("member3@example.com, who has left, is inserted again", () -> Sql.execute(clone.app(), IS_THERE.formatted("member3@example.com")),
            "Who holds the address now: somebody, or a row of the past?");
    }

    @Test @Needs("addressIsFreeAgain") @Hint(1) @Promises("once-among-members") @DisplayName("an address of a member is not")
    void addressIsTaken(Clone clone) {
        for (var email : List.of("member1@example.com", "member3@example.com")) {
            taken("A second living row with " + email, clone, IS_THERE.formatted(email), "Two rows with NULL in deleted_at. Is NULL equal to NULL?");
        }
    }

    @Test @Needs("addressIsTaken") @Hint(2) @Promises("any-case") @DisplayName("however it is typed, and it is kept so")
    void anyCase(Clone clone) throws SQLException {
        Expect.works("Zoe@Example.com is inserted", () -> Sql.execute(clone.app(), IS_THERE.formatted("Zoe@Example.com")), "Nobody has this address.");
        for (var typed : List.of("zoe@example.com", "ZOE@EXAMPLE.COM", "Member1@example.com", "CAP.ital@example.com")) {
            taken("A second living row, typed " + typed, clone, IS_THERE.formatted(typed), "Zoe@Example.com and member1@example.com are members. Of what must the index be unique?");
        }
        Expect.table("Zoe's address", Rows.columns("email").row("Zoe@Example.com"), Sql.query(clone.app(),
            "select email from app.members where lower(email) = 'zoe@example.com'"), "It is compared in lower case, not stored so.");
        Expect.works("ZOE@example.com is how she writes it now", () -> Sql.execute(clone.app(), "update app.members set email = 'ZOE@example.com' where email = 'Zoe@Example.com'"),
            "She is in nobody's way.");
        for (var other : List.of("cap_ital@example.com", "z.oe@example.com", "zoe@example.com.au", " zoe@example.com", "%@example.com")) {
            Expect.works("'" + other + "' is inserted", () -> Sql.execute(clone.app(), IS_THERE.formatted(other)), "It is another address.");
        }
    }

    @Test @Needs("addressIsFreeAgain") @Hint(1) @Promises("left-any-number") @DisplayName("one address may leave any number of times, even at one moment")
    void leavesTwice(Clone clone) {
        Expect.works("Three rows of quick@example.com with the same deleted_at, while one is there", () -> {
            Sql.execute(clone.app(), HAS_LEFT.formatted("quick@example.com"));
            Sql.execute(clone.app(), HAS_LEFT.formatted("quick@example.com"));
            Sql.execute(clone.app(), IS_THERE.formatted("quick@example.com"));
            Sql.execute(clone.app(), HAS_LEFT.formatted("Quick@example.com"));
            Sql.execute(clone.app(), "update app.members set deleted_at = '2026-02-02 12:00Z' where email = 'quick@example.com'");
        }, "Those who have left are no concern of the rule.");
    }

    @Test @Needs("leavesTwice") @Promises("once-among-members") @DisplayName("no update makes two members of one address")
    void updatesAreRefused(Clone clone) {
        taken("Member 2 takes the address of member 1", clone, "update app.members set email = 'Member1@example.com' where id = 2", "A rule must hold for updates, too.");
        taken("The row of the member 3 who had left is a member again, beside the new one", clone, "update app.members set deleted_at = null where id = 3", "Who is a member now may change.");
        taken("All rows of quick@example.com are members again", clone, "update app.members set deleted_at = null where email = 'quick@example.com'", "Who is a member now may change.");
        Expect.works("Somebody who has left takes the address of member 1", () -> Sql.execute(clone.app(), "update app.members set email = 'member1@example.com' where id = 6"), "He has left.");
        Expect.works("Another one, whose address nobody has, is a member again", () -> Sql.execute(clone.app(), "update app.members set deleted_at = null where id = 9"), "Nobody has his address.");
    }

    @Test @Needs("updatesAreRefused") @Promises("once-among-members") @DisplayName("nor do two sessions at the same moment, at any isolation level")
    void onceAtTheSameMoment(Clone clone) throws Exception {
        for (var isolation : Isolation.values()) {
            for (var second : List.of(IS_THERE.formatted("Moment@example.com"), "update app.members set email = 'moment@example.com' where id = 4",
                    "update app.members set deleted_at = null where email = 'moment@example.com'")) {
                Sql.execute(clone.app(), HAS_LEFT.formatted("moment@example.com"));
                try (var one = isolation.connect(clone.app()); var other = isolation.connect(clone.app())) {
                    one.setAutoCommit(false);
                    other.setAutoCommit(false);
                    Sql.execute(other, "select count(*) from app.members");
                    Sql.execute(one, IS_THERE.formatted("moment@example.com"));
                    var task = Task.start(() -> {
                        Sql.execute(other, second);
                        other.commit();
                        return "no error";
                    });
                    task.waitsForLock(clone, Sql.pid(other), PATIENCE);
                    one.commit();
                    var outcome = task.outcome(PATIENCE);
                    Expect.that("In " + isolation + ", while another one with that address comes: " + second, Set.of("23505", "23P01", "40001").contains(outcome.sqlState()),
                        "SQLSTATE 23505 or 23P01", outcome, "Each looked, and neither saw the other's row.");
                }
                Sql.execute(clone.app(), "delete from app.members where email = 'moment@example.com'");
            }
        }
    }

    @Test @Fresh @Needs("addressIsTaken") @Hint(2) @Promises({"new-row", "any-case"}) @DisplayName("join makes a member, also of somebody who has left")
    void joins(Clone clone, Answer answer) throws Exception {
        AnswerMigrations.run(clone, answer);
        var before = Sql.query(clone.app(), ALL);
        for (var email : List.of("New@example.com", "Member3@example.com", "gone@example.com", "member_1@example.com", "O'Hara@example.com", "%@example.com", "member1@example.com ")) {
            var id = join(clone, email, "Newcomer");
            Expect.table("The living member with the id that join gave for '" + email + "'", Rows.columns("email", "name").row(email, "Newcomer"),
                Sql.query(clone.app(), "select email, name from app.members where id = ? and deleted_at is null", id), "The id is that of the row that join made.");
        }
        Expect.table("The rows that were there before", before, Sql.query(clone.app(), ALL + " where id <= ?", before.values().size()),
            "Who comes back is a new row; the past stays as it was, and who is another one is as well.");
    }

    @Test @Fresh @Needs("joins") @Hint(2) @Promises({"member-renamed", "any-case"}) @DisplayName("join gives a member a new name, and the same id")
    void joinsAgain(Clone clone, Answer answer) throws Exception {
        AnswerMigrations.run(clone, answer);
        Sql.execute(clone.app(), HAS_LEFT.formatted("Member1@example.com"));
        var others = Sql.query(clone.app(), ALL + " where id not in (1, 301)");
        for (var name : List.of("Renamed", "Renamed", "Renamed Twice")) {
            Expect.equal("The id that join gives for MEMBER1@example.com and " + name, 1L, join(clone, "MEMBER1@example.com", name), "member1@example.com is a member already, with the id 1.");
            Expect.table("Member 1, and all members who have that address", Rows.columns("id", "email", "name").row(1, "member1@example.com", name),
                Sql.query(clone.app(), "select id, email, name from app.members where lower(email) = 'member1@example.com' and deleted_at is null"), "The name is the new one; the address stays as it was typed first.");
        }
        Environments.inEveryLocale(where -> Expect.equal("The id that join gives for CAP.ITAL@EXAMPLE.COM, " + where, 301L, join(clone, "CAP.ITAL@EXAMPLE.COM", "Capital"),
            "Cap.Ital@Example.com is a member already. Who says what the small letter of I is?"));
        Expect.table("All others", others, Sql.query(clone.app(), ALL + " where id not in (1, 301)"), "One member has a new name.");
    }

    @Test @Needs("joinsAgain") @Promises({"new-row", "member-renamed", "any-case"}) @DisplayName("and so it is whoever comes and leaves, in whatever order")
    void anyOrder(Clone clone) throws Exception {
        var random = RandomData.create();
        var addresses = List.of("any@example.com", "Any@Example.com", "ANY@EXAMPLE.COM", " any@example.com", "any@example.com.au", "a_y@example.com", "'any'@example.com", "日本@example.org", "");
        var members = new TreeMap<String, Long>();
        var rows = new TreeMap<Long, List<Object>>();
        try (var caller = Sql.connect(clone.app())) {
            Sql.execute(caller, "delete from app.members where id > 303");
            caller.setAutoCommit(false);
            for (int i = 0; i < 60; i++) {
                var email = random.oneOf(addresses);
                var address = email.toLowerCase(Locale.ROOT);
                var past = members.containsKey(address) ? null : rows.values().stream().filter(row -> address.equals(((String) row.get(1)).toLowerCase(Locale.ROOT))).findAny().orElse(null);
                if (past != null && random.number(1, 3) == 1) {
                    var id = (Long) past.getFirst();
                    try (var comeBack = caller.prepareStatement("update app.members set deleted_at = null where id = ?")) {
                        comeBack.setLong(1, id);
                        comeBack.executeUpdate();
                    }
                    members.put(address, id);
                } else if (random.number(1, 3) == 1) {
                    try (var leave = caller.prepareStatement("update app.members set deleted_at = now() where deleted_at is null and lower(email) = ?")) {
                        leave.setString(1, address);
                        leave.executeUpdate();
                    }
                    members.remove(address);
                } else {
                    var there = members.get(address);
                    var name = there != null && random.coin() ? (String) rows.get(there).get(2) : random.coin() ? random.oneOf(EdgeData.texts()) : random.word(5);
                    var id = Members.join(caller, email, name);
                    if (there == null) {
                        Expect.that("The id that join gives for '" + email + "', whom nobody is now", !rows.containsKey(id) && id > 303, "a new id", id, "Who has left is not the one who comes.");
                        members.put(address, id);
                        rows.put(id, List.of(id, email, name));
                    } else {
                        Expect.equal("The id that join gives for '" + email + "', who is a member", there, id, "Somebody with this address is there.");
                        rows.put(id, List.of(id, rows.get(id).get(1), name));
                    }
                    if (random.number(1, 5) == 1) {
                        caller.commit();
                    }
                }
            }
            var expected = Rows.columns("id", "email", "name");
            for (var row : rows.values()) {
                expected = expected.row(row.toArray());
            }
            Expect.table("All rows that join made, and the names that they have now", expected, Rows.query(caller, "select id, email, name from app.members where id > 303"),
                "A member has the name of the last join, and whoever has left keeps his own.");
            caller.commit();
        }
    }

    @Test @Fresh @Needs("joinsAgain") @Hint(2) @Promises("callers-transaction") @DisplayName("the transaction stays the caller's")
    void staysInTheTransaction(Clone clone, Answer answer) throws Exception {
        AnswerMigrations.run(clone, answer);
        try (var caller = Sql.connect(clone.app())) {
            Sql.execute(caller, "set lock_timeout = '9s'; set statement_timeout = '19s'; set search_path = app, public; set client_min_messages = warning");
            caller.setAutoCommit(false);
            var settings = Rows.query(caller, SETTINGS);
            caller.rollback();
            var idle = ConnectionState.of(caller);
            for (var email : List.of("brand.new@example.com", "Member1@example.com", "member3@example.com")) {
                Sql.execute(caller, IS_THERE.formatted("before@example.com"));
                var lent = ConnectionState.of(caller);
                Members.join(caller, email, "In a transaction");
                Expect.asLent("The connection after join for " + email, lent, ConnectionState.of(caller), "Its transaction is open, and is the caller's.");
                Expect.table("Rows that others see before the caller commits", Rows.columns("count").row(0), Sql.query(clone.app(),
                    "select count(*) from app.members where name = 'In a transaction' or email = 'before@example.com'"), "Who commits?");
                Expect.table("The settings after join for " + email, settings, Rows.query(caller, SETTINGS), "What the caller does next is done with them.");
                caller.rollback();
                Expect.table("Rows that are there after the caller has rolled back", Rows.columns("count").row(0), Sql.query(clone.app(),
                    "select count(*) from app.members where name = 'In a transaction' or email = 'before@example.com'"), "Who commits?");
            }
            Members.join(caller, "brand.new@example.com", "And commits");
            caller.commit();
            Expect.asLent("The connection after join and the caller's commit", idle, ConnectionState.of(caller), "Something of join is left in the session.");
        }
    }

    @Test @Fresh @Needs("staysInTheTransaction") @Hint(2) @Promises({"same-moment", "callers-transaction"}) @DisplayName("two who join at the same moment are one member")
    void joinsTogether(Clone clone, Answer answer) throws Exception {
        AnswerMigrations.run(clone, answer);
        for (var emails : List.of("twin@example.com Twin@example.com", "Same@example.com Same@example.com", "member3@example.com MEMBER3@example.com", "MEMBER1@example.com member1@example.com")) {
            for (var commits : emails.startsWith("twin") ? List.of(false, true) : List.of(true)) {
                try (var one = Sql.connect(clone.app()); var other = Sql.connect(clone.app())) {
                    one.setAutoCommit(false);
                    other.setAutoCommit(false);
                    var email = emails.split(" ");
                    Sql.execute(other, IS_THERE.formatted("what the caller did before " + emails.replace("@", " at ") + commits));
                    var first = Members.join(one, email[0], "Twin");
                    var timeouts = new QueryTimeouts();
                    var second = Task.start(() -> Members.join(timeouts.shortened(other), email[1], "The other twin"));
                    second.waitsForLock(clone, Sql.pid(other), PATIENCE);
                    timeouts.letPass(second);
                    if (commits) {
                        one.commit();
                    } else {
                        one.rollback();
                    }
                    var outcome = second.outcome(PATIENCE);
                    Expect.that("The second join, when the first one " + (commits ? "commits" : "rolls back") + (timeouts.wereSet() ? ", however late" : "") + ", with " + emails, outcome instanceof Task.Outcome.Value, "an id", outcome,
                        "It found nobody, then somebody was there. Which statement needs no look before?");
                    other.commit();
                    if (commits) {
                        Expect.equal("Its id", String.valueOf(first), outcome.toString(), "Both are the same member.");
                    }
                    Expect.table("What the second caller did before he joined", Rows.columns("count").row(1), Sql.query(clone.app(), "select count(*) from app.members where email = ?",
                        "what the caller did before " + emails.replace("@", " at ") + commits), "The transaction is his. Who has rolled it back?");
                    Expect.table("Living members with " + email[1] + ", and their names, as the second one has it", Rows.columns("name").row("The other twin"), Sql.query(clone.app(),
                        "select name from app.members where lower(email) = lower(?) and deleted_at is null", email[1]), "Both are the same member.");
                }
            }
        }
    }

    @Test @Needs("joinsTogether") @Promises("same-moment") @DisplayName("four who race are one member as well")
    void joinsInARace(Clone clone) throws Exception {
        var connections = new ArrayList<Connection>();
        try {
            for (int i = 0; i < 4; i++) {
                var connection = Sql.connect(clone.app());
                connection.setAutoCommit(false);
                connections.add(connection);
            }
            for (int round = 0; round < 10; round++) {
                var email = "race" + round + "@example.com";
                var ends = Task.race(PATIENCE, connections.stream().map(connection -> (Callable<Long>) () -> {
                    try {
                        return Members.join(connection, email, "Racer");
                    } finally {
                        connection.commit();
                    }
                }).toList());
                Expect.that("The ids of four who join with " + email + " at once", ends.stream().allMatch(Task.Outcome.Value.class::isInstance) && Set.copyOf(ends).size() == 1,
                    "four times the same", ends, "Each looked, and none saw the others' rows.");
            }
        } finally {
            for (var connection : connections) {
                connection.close();
            }
        }
    }

    private static void taken(String what, Clone clone, String sql, String lookAt) {
        var end = "no error at all";
        try {
            Sql.execute(clone.app(), sql);
        } catch (SQLException e) {
            end = TAKEN.contains(e.getSQLState()) ? "" : "SQLSTATE " + e.getSQLState() + ", " + e.getMessage();
        }
        Expect.that(what, end.isEmpty(), "SQLSTATE 23505 or 23P01", end, lookAt);
    }

    /** In a transaction of the caller, who commits. */
    private static long join(Clone clone, String email, String name) throws SQLException {
        var id = new long[1];
        try (var connection = Sql.connect(clone.app())) {
            connection.setAutoCommit(false);
            Expect.works("Members.join for " + email + " gives an id", () -> id[0] = Expect.within("Members.join", PATIENCE,
                () -> Members.join(connection, email, name)), "Whether it inserts or updates: the statement gives back a row.");
            connection.commit();
        }
        return id[0];
    }
}

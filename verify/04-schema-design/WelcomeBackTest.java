import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.*;

/** Member 3 has left, member 1 is there. They and others come and go, by plain SQL and by Members.join. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WelcomeBackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String IS_THERE = "insert into app.members (email, name) values (?, 'by SQL')";
    private static final String HAS_LEFT = "insert into app.members (email, name, deleted_at) values (?, 'by SQL', '2026-02-02 12:00Z')";

    @Test @Order(1) @Hint(1) @DisplayName("the migration runs, and nobody of the past is lost")
    void runs(Clone clone, Answer answer) throws SQLException {
        migrate(clone, answer);
        Expect.table("Members of before V2, and those of them who have left", Rows.columns("members", "left").row(300, 100), query(clone, """
            select count(*) as members, count(*) filter (where deleted_at = '2026-01-01 12:00Z') as "left" from app.members
            where email = 'member' || id || '@example.com' and name = 'Member ' || id"""), "A rule for new rows needs no change of the old ones.");
    }

    @Test @Order(2) @Needs("runs") @Hint(1) @DisplayName("an address of somebody who has left is free")
    void addressIsFreeAgain(Clone clone) {
        Expect.works("member3@example.com, who has left, is inserted again", () -> insert(clone, IS_THERE, "member3@example.com"),
            "Who holds the address now: somebody, or a row of the past?");
    }

    @Test @Order(3) @Needs("addressIsFreeAgain") @Hint(1) @DisplayName("an address of a member is not")
    void addressIsTaken(Clone clone) {
        for (var email : List.of("member1@example.com", "member3@example.com")) {
            Expect.sqlState("A second living row with " + email, "23505", () -> insert(clone, IS_THERE, email),
                "Two rows with NULL in deleted_at. Is NULL equal to NULL?");
        }
    }

    @Test @Order(4) @Needs("addressIsTaken") @Hint(2) @DisplayName("however it is typed, and it is kept so")
    void anyCase(Clone clone) throws SQLException {
        Expect.works("Zoe@Example.com is inserted", () -> insert(clone, IS_THERE, "Zoe@Example.com"), "Nobody has this address.");
        for (var typed : List.of("zoe@example.com", "ZOE@EXAMPLE.COM", "Member1@example.com")) {
            Expect.sqlState("A second living row, typed " + typed, "23505", () -> insert(clone, IS_THERE, typed),
                "Zoe@Example.com and member1@example.com are members. Of what must the index be unique?");
        }
        Expect.table("Zoe's address", Rows.columns("email").row("Zoe@Example.com"), query(clone,
            "select email from app.members where lower(email) = 'zoe@example.com'"), "It is compared in lower case, not stored so.");
    }

    @Test @Order(5) @Needs("addressIsFreeAgain") @Hint(1) @DisplayName("one address may leave any number of times, even at one moment")
    void leavesTwice(Clone clone) {
        Expect.works("Two rows of quick@example.com with the same deleted_at", () -> {
            insert(clone, HAS_LEFT, "quick@example.com");
            insert(clone, HAS_LEFT, "quick@example.com");
        }, "Those who have left are no concern of the rule.");
    }

    @Test @Fresh @Order(6) @Needs("addressIsTaken") @Hint(2) @DisplayName("join makes a member, also of somebody who has left")
    void joins(Clone clone, Answer answer) throws Exception {
        migrate(clone, answer);
        for (var email : List.of("New@example.com", "Member3@example.com")) {
            var id = join(clone, email, "Newcomer");
            Expect.table("The living member with the id that join gave for " + email, Rows.columns("email", "name").row(email, "Newcomer"),
                query(clone, "select email, name from app.members where id = ? and deleted_at is null", id), "The id is that of the row that join made.");
        }
        Expect.table("The row of the member 3 who had left", Rows.columns("email", "name", "is_gone").row("member3@example.com", "Member 3", true),
            query(clone, "select email, name, deleted_at = '2026-01-01 12:00Z' as is_gone from app.members where id = 3"),
            "Who comes back is a new row; the past stays as it was.");
    }

    @Test @Fresh @Order(7) @Needs("joins") @Hint(2) @DisplayName("join gives a member a new name, and the same id")
    void joinsAgain(Clone clone, Answer answer) throws Exception {
        migrate(clone, answer);
        Expect.equal("The id that join gives for MEMBER1@example.com", 1L, join(clone, "MEMBER1@example.com", "Renamed"),
            "member1@example.com is a member already, with the id 1.");
        Expect.table("Member 1, and all who have that address", Rows.columns("id", "email", "name").row(1, "member1@example.com", "Renamed"),
            query(clone, "select id, email, name from app.members where lower(email) = 'member1@example.com'"),
            "The name is the new one; the address stays as it was typed first.");
        Expect.table("Others who are called Renamed now", Rows.columns("count").row(0), query(clone,
            "select count(*) from app.members where name = 'Renamed' and id <> 1"), "One member has a new name.");
    }

    @Test @Fresh @Order(8) @Needs("joinsAgain") @Hint(2) @DisplayName("two who join at the same moment are one member")
    void joinsTogether(Clone clone, Answer answer) throws Exception {
        migrate(clone, answer);
        try (var one = clone.app().connect(); var other = clone.app().connect(); var observer = clone.observer().connect()) {
            one.setAutoCommit(false);
            var first = Members.join(one, "twin@example.com", "Twin");
            var pid = Rows.query(other, "select pg_backend_pid()::text").values().getFirst().getFirst();
            var second = new FutureTask<>(() -> Members.join(other, "Twin@example.com", "Twin"));
            Thread.ofPlatform().daemon().start(second);
            waitUntilBlocked(observer, pid, second);
            one.commit();
            Expect.works("The second join, when the first one commits", () -> second.get(PATIENCE.toSeconds(), TimeUnit.SECONDS),
                "It found nobody, then somebody was there. Which statement needs no look before?");
            Expect.equal("Its id", first, second.get(), "Both are the same member.");
        }
    }

    /** A second join either waits for the first one's row, or has ended already. */
    private static void waitUntilBlocked(Connection observer, Object pid, FutureTask<?> second) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!second.isDone() && System.nanoTime() < end && Rows.query(observer,
                "select where cardinality(pg_blocking_pids(?::text::int)) > 0", pid).values().isEmpty()) {
            Thread.sleep(5);
        }
    }

    private static long join(Clone clone, String email, String name) throws SQLException {
        var id = new long[1];
        try (var connection = clone.app().connect()) {
            Expect.works("Members.join for " + email + " gives an id", () -> id[0] = Expect.within("Members.join", PATIENCE,
                () -> Members.join(connection, email, name)), "Whether it inserts or updates: the statement gives back a row.");
        }
        return id[0];
    }

    private static void insert(Clone clone, String sql, String email) throws SQLException {
        try (var connection = clone.app().connect(); var statement = connection.prepareStatement(sql)) {
            statement.setString(1, email);
            statement.execute();
        }
    }

    private static Rows query(Clone clone, String sql, Object... parameters) throws SQLException {
        try (var connection = clone.app().connect()) {
            return Rows.query(connection, sql, parameters);
        }
    }

    private static void migrate(Clone clone, Answer answer) {
        var flyway = Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .locations("filesystem:" + answer.folder()).load();
        Expect.works("V2 runs", flyway::migrate, "PostgreSQL's words name the file's line.");
    }
}

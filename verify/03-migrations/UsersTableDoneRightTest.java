import grading.*;
import java.sql.SQLException;
import java.util.List;
import lab.Login;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.*;

/** A program that registers users finds out what its table promises. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UsersTableDoneRightTest {
    private static final String REGISTER = "insert into app.users (email, password_hash) values (?, 'x')";

    @Test @Order(1) @Hint(1) @DisplayName("the migration runs on an empty database")
    void runs(Clone clone, Answer answer) {
        var flyway = Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .locations("filesystem:" + answer.folder()).load();
        Expect.works("V1 runs", flyway::migrate, "PostgreSQL's words name the file's line.");
    }

    @Test @Order(2) @Needs("runs") @Hint(1) @DisplayName("each user gets an id from the database")
    void makesIds(Clone clone) throws SQLException {
        Expect.works("The program registers Ann@Example.com", () -> register(clone, "Ann@Example.com"),
            "It gives an address and a hash; the table must make the rest, and take the address as it was typed.");
        Expect.works("The program registers bob@example.com", () -> register(clone, "bob@example.com"), "Ann could register.");
        var ann = id(clone, "ann@example.com");
        var bob = id(clone, "bob@example.com");
        Expect.that("The id of a user who just registered", !"none".equals(ann), "an id", "NULL", "Who makes the id? The program does not.");
        Expect.that("The ids of two users", !ann.equals(bob), "two different ids", ann + " twice", "One id, one user.");
    }

    @Test @Order(3) @Needs("makesIds") @Hint(2) @DisplayName("no two users can share an id, and none can be without one")
    void idsAreUnique(Clone clone) {
        Expect.sqlState("A second user with the id of the first", "23505", () -> execute(clone.app(), """
            insert into app.users (id, email, password_hash) overriding system value
            select id, 'second@example.com', 'x' from app.users where lower(email) = 'ann@example.com'"""),
            "A type is not a key. Which constraint makes a column the identity of its row?");
        Expect.sqlState("A user with NULL for an id", "23502", () -> execute(clone.app(), """
            insert into app.users (id, email, password_hash) overriding system value
            values (null, 'third@example.com', 'x')"""), "A unique column may still be null. A primary key may not.");
    }

    @Test @Order(4) @Needs("makesIds") @Hint(2) @DisplayName("an address belongs to one user, however it is typed")
    void addressesAreUnique(Clone clone) throws SQLException {
        for (var typed : List.of("Ann@Example.com", "ann@example.com", "ANN@EXAMPLE.COM")) {
            Expect.sqlState("A second registration, as " + typed, "23505", () -> register(clone, typed),
                "Ann@Example.com is registered. Two texts that differ in case are two values, unless you say otherwise.");
        }
        Expect.table("Ann's address", Rows.columns("email").row("Ann@Example.com"), query(clone.app(),
            "select email::text from app.users where lower(email::text) = 'ann@example.com'"), "Her address is kept as she typed it.");
        Expect.sqlState("A user without an address", "23502", () -> register(clone, null), "An unknown address is no address.");
    }

    @Test @Order(5) @Needs("makesIds") @Hint(1) @DisplayName("created_at is an instant: the session's time zone does not matter")
    void createdAtIsAnInstant(Clone clone) throws SQLException {
        for (var zone : List.of("Pacific/Auckland", "America/Los_Angeles")) {
            try (var connection = clone.app().connect(); var statement = connection.createStatement()) {
                statement.execute("set timezone = '" + zone + "'");
                statement.execute("insert into app.users (email, password_hash) values ('" + zone + "', 'x')");
            }
        }
        // Whole hours: two inserts one after the other are none apart, two zones many.
        Expect.table("Hours between a user registered from Auckland and the next one from Los Angeles", Rows.columns("hours").row(0),
            query(clone.app(), """
                select round(abs(extract(epoch from max(created_at) - min(created_at))) / 3600)::int as hours
                from app.users where email::text like '%/%'"""), "What is stored: an instant, or what the clock on a wall showed?");
        Expect.sqlState("A user with NULL for created_at", "23502", () -> execute(clone.app(),
            "insert into app.users (email, password_hash, created_at) values ('d@example.com', 'x', null)"),
            "A default is for those who say nothing. Who says NULL gets NULL, unless the column forbids it.");
    }

    @Test @Order(6) @Needs("makesIds") @Hint(1) @DisplayName("nobody is a user without a password hash")
    void hashesAreKnown(Clone clone) {
        Expect.sqlState("A user with NULL for password_hash", "23502", () -> execute(clone.app(),
            "insert into app.users (email, password_hash) values ('e@example.com', null)"),
            "The generator's table forbade it already. What was right stays.");
    }

    @Test @Order(7) @Needs("idsAreUnique") @Hint(2) @DisplayName("no index is there twice")
    void noIndexTwice(Clone clone) throws SQLException {
        try (var connection = clone.app().connect()) {
            var indexes = Rows.query(connection, "select indexdef from pg_indexes where schemaname = 'app' and tablename = 'users' "
                + "order by indexdef").values().stream().map(List::getFirst).toList();
            Expect.that("Indexes of app.users", indexes.size() == 2, "two: one for the id, one for the address", indexes,
                "Each is paid for at every insert. `primary key` and `unique` make one without being asked.");
        }
    }

    private static Object id(Clone clone, String email) throws SQLException {
        return query(clone.app(), "select coalesce(id::text, 'none') from app.users where lower(email::text) = '" + email + "'")
            .values().getFirst().getFirst();
    }

    private static void register(Clone clone, String email) throws SQLException {
        try (var connection = clone.app().connect(); var statement = connection.prepareStatement(REGISTER)) {
            statement.setString(1, email);
            statement.execute();
        }
    }

    private static void execute(Login login, String sql) throws SQLException {
        try (var connection = login.connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Rows query(Login login, String sql) throws SQLException {
        try (var connection = login.connect()) {
            return Rows.query(connection, sql);
        }
    }
}

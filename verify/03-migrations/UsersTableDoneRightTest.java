import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.*;

/** A program that registers users finds out what its table promises, in many sessions and from many places. */
class UsersTableDoneRightTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String REGISTER = "insert into app.users (email, password_hash) values (?, ?) returning id";
    private static final String COLUMNS = "id, email, password_hash, created_at";
    private static final String ZONES = "'Pacific/Auckland', 'America/Los_Angeles', 'Asia/Kathmandu', 'UTC'";

    @Test @Hint(1) @DisplayName("the migration runs on an empty database")
    void runs(Clone clone, Answer answer) {
        AnswerMigrations.run(clone, answer);
    }

    @Test @Needs("runs") @Hint(1) @Promises({"program-works", "own-id", "as-typed"}) @DisplayName("the program registers users, and each gets an id from the database")
    void registers(Clone clone) throws SQLException {
        try (var program = Sql.connect(clone.app())) {
            Object ann = "";
            for (var email : List.of("Ann@Example.com", "bob@example.com")) {
                Expect.works("The program registers " + email, () -> register(program, email),
                    "It gives an address and a hash; the table must make the rest, and take the address as it was typed.");
                var id = Rows.query(program, "select id from app.users where lower(email::text) = lower(?)", email).values().getFirst().getFirst();
                Expect.that("The id of " + email, id != null, "an id", "NULL", "Who makes the id? The program does not.");
                Expect.that("The ids of two users", !id.equals(ann), "two different ids", id + " twice", "One id, one user.");
                ann = id;
            }
        }
    }

    @Test @Needs("registers") @Hint(1) @Promises("program-works") @DisplayName("the program reads, changes and deletes users")
    void readsAndWrites(Clone clone) throws SQLException {
        try (var program = Sql.connect(clone.app())) {
            Sql.execute(program, "set search_path = ''");
            for (var statement : List.of("insert into app.users (email, password_hash) values ('gus@example.com', 'x')", "select " + COLUMNS + " from app.users",
                    "update app.users set password_hash = 'new' where lower(email::text) = 'gus@example.com'",
                    "update app.users set email = 'GUS@example.com' where lower(email::text) = 'gus@example.com'",
                    "delete from app.users where lower(email::text) = 'gus@example.com'")) {
                Expect.works("As course_app: " + statement, () -> Sql.execute(program, statement), "Table and columns keep their names, and the program its privileges.");
            }
            Expect.table("Users with gus@example.com, who was deleted", Rows.columns("count").row(0),
                Rows.query(program, "select count(*) from app.users where lower(email::text) = 'gus@example.com'"), "What did the delete do?");
        }
    }

    @Test @Needs("registers") @Hint(1) @Promises("as-typed") @DisplayName("address and hash are kept as they were given")
    void keepsWhatItIsGiven(Clone clone) throws SQLException {
        try (var program = Sql.connect(clone.app())) {
            Expect.table("Ann's address", Rows.columns("email").row("Ann@Example.com"), Rows.query(program,
                "select email from app.users where lower(email::text) = 'ann@example.com'"), "Her address is kept as she typed it.");
            var long255 = "Long" + "Y".repeat(239) + "@Example.com";
            for (var hash : List.of("$2a$10$N9qo8uLOickgx2ZMRZoMye./Ab=", "{SHA}" + "Zq".repeat(125), "ß\\'\"%")) {
                var email = hash.length() == 255 ? long255 : hash.length() + "Mc.Ärger+Tag@Example.COM";
                Expect.works("A user with an address of " + email.length() + " characters and a hash of " + hash.length(), () -> Rows.query(program, REGISTER, email, hash), "varchar(255) took it.");
                Expect.table("What is kept of them", Rows.columns("email", "password_hash").row(email, hash), Rows.query(program,
                    "select email, password_hash from app.users where email::text = ?", email), "Neither the table nor anything beside it changes them.");
            }
            for (var letter : List.of("ä", "字", "\uD83D\uDE00")) { // of two, three and four bytes
                var email = letter.repeat(243) + "@Example.com";
                var hash = letter.repeat(255);
                Expect.works("A user with an address of 243 times " + letter + " and @Example.com, and a hash of 255 times " + letter, () -> Rows.query(program, REGISTER, email, hash), "varchar(255) took it: it counts characters.");
                Expect.table("What is kept of them", Rows.columns("email", "password_hash").row(email, hash), Rows.query(program,
                    "select email, password_hash from app.users where email::text = ?", email), "Neither the table nor anything beside it changes them.");
            }
        }
    }

    @Test @Needs("registers") @Hint(2) @Promises("own-id") @DisplayName("no two users can share an id")
    void idsAreUnique(Clone clone) throws Exception {
        for (var attempt : List.of("insert into app.users (id, email, password_hash) overriding system value select id, 'second@example.com', 'x' from app.users where lower(email::text) = 'bob@example.com'",
                "update app.users set id = (select id from app.users where lower(email::text) = 'bob@example.com') where lower(email::text) = 'ann@example.com'")) {
            expectNoTwins(clone, "After " + attempt, outcome(clone, attempt));
        }
        try (var one = Sql.connect(clone.app()); var other = Isolation.REPEATABLE_READ.connect(clone.app())) {
            one.setAutoCommit(false);
            other.setAutoCommit(false);
            Sql.execute(other, "select count(*) from app.users");
            var id = register(one, "first@example.com");
            var task = Task.start(() -> {
                var same = Rows.query(other, "insert into app.users (id, email, password_hash) overriding system value values (cast(? as " + typeOfId(clone)
                    + "), 'at-once@example.com', 'x') returning id", id.toString());
                other.commit();
                return same;
            });
            task.waitsForLock(clone, Sql.pid(other), PATIENCE);
            one.commit();
            expectNoTwins(clone, "After two sessions inserted a user with the same id at the same moment", task.outcome(PATIENCE).toString());
        }
    }

    @Test @Needs("registers") @Hint(2) @Promises("own-id") @DisplayName("many users get their ids at the same moment, and nobody waits")
    void idsForMany(Clone clone) throws Exception {
        try (var one = Sql.connect(clone.app()); var other = Sql.connect(clone.app())) {
            Sql.execute(other, "set lock_timeout = '2s'");
            one.setAutoCommit(false);
            register(one, "carl@example.com");
            Expect.works("dora@example.com registers while the transaction that registered carl@example.com is open", () -> register(other, "dora@example.com"),
                "They are two users, and neither sees the other's row yet. Where does the next id come from?");
            one.commit();
            Expect.works("5000 more users register", () -> Sql.execute(other, "insert into app.users (email, password_hash) select 'many.' || n || '@example.com', 'x' from generate_series(1, 5000) n"),
                "Each needs an id of its own, again and again.");
        }
        var sequences = Sql.query(clone.owner(), "select format('%I.%I', schemaname, sequencename) from pg_sequences where schemaname !~ '^pg_'").values();
        for (var sequence : sequences) {
            Expect.works("Three million users more have had an id, and one more registers", () -> {
                Sql.query(clone.owner(), "select setval(cast(? as regclass), 3000000)", sequence.getFirst());
                try (var program = Sql.connect(clone.app())) {
                    register(program, "three.million@example.com");
                }
            }, "For how many users is there an id?");
        }
        for (var made : Sql.query(clone.owner(), "select pg_get_expr(adbin, adrelid) from pg_attrdef join pg_attribute on attrelid = adrelid and attnum = adnum where adrelid = 'app.users'::regclass and attname = 'id'").values()) {
            var twice = Sql.number(clone.owner(), "select count(*) - count(distinct id) from (select " + made.getFirst() + " as id from generate_series(1, 500000)) ids");
            Expect.that("Of half a million ids that the table would give, those that somebody has already", twice == 0, "none", twice, "What are the odds, with a million users, that a new one gets an id that is taken?");
        }
        expectNoTwins(clone, "After they all have registered", "no error");
    }

    @Test @Needs("registers") @Hint(2) @Promises("one-user") @DisplayName("an address belongs to one user, however it is typed")
    void addressesAreUnique(Clone clone) throws SQLException {
        try (var program = Sql.connect(clone.app())) {
            for (var typed : List.of("Ann@Example.com", "ann@example.com", "ANN@EXAMPLE.COM", "BOB@example.com")) {
                refused(clone, "A second registration, as " + typed, () -> register(program, typed));
            }
            refused(clone, "bob@example.com changes his address to ann@EXAMPLE.com",
                () -> Sql.execute(program, "update app.users set email = 'ann@EXAMPLE.com' where lower(email::text) = 'bob@example.com'"));
            refused(clone, "Two users in one insert, Kim@example.com and kim@example.com",
                () -> Sql.execute(program, "insert into app.users (email, password_hash) values ('Kim@example.com', 'x'), ('kim@example.com', 'x')"));
            var others = List.of("ann@example.co", "an.n@example.com", "an_n@example.com", "ann+shop@example.com", "annn@example.com", "ånn@example.com", "Änne@example.com", "änni@example.com",
                "ann%@example.com", "O'Hara@example.com", "long".repeat(60) + "1@example.com", "long".repeat(60) + "2@example.com");
            for (var other : others) {
                Expect.works(shown(other) + " registers", () -> register(program, other), "Nobody has this address.");
            }
            var typedAgain = "LONG".repeat(60) + "1@Example.com";
            refused(clone, "A second registration, as " + shown(typedAgain), () -> register(program, typedAgain));
            // Before PostgreSQL 17 some databases know the case of ASCII alone.
            if (Rows.query(program, "select lower('Ä') = 'ä'").values().getFirst().getFirst().equals(true)) {
                for (var typed : List.of("änne@example.com", "ÄNNE@example.com", "Ånn@example.com", "ÄNNI@Example.com")) {
                    refused(clone, "A second registration, as " + typed, () -> register(program, typed));
                }
            }
        }
    }

    @Test @Needs("addressesAreUnique") @Hint(2) @Promises("one-user") @DisplayName("nor do two users get one address at the same moment")
    void addressesAreUniqueAtOnce(Clone clone) throws Exception {
        for (var isolation : List.of(Isolation.READ_COMMITTED, Isolation.REPEATABLE_READ)) {
            try (var one = isolation.connect(clone.app()); var other = isolation.connect(clone.app())) {
                one.setAutoCommit(false);
                other.setAutoCommit(false);
                Sql.execute(other, "select count(*) from app.users");
                register(one, "twin@example.com");
                var task = Task.start(() -> {
                    register(other, "Twin@Example.com");
                    other.commit();
                    return "no error";
                });
                task.waitsForLock(clone, Sql.pid(other), PATIENCE);
                one.commit();
                task.outcome(PATIENCE);
            }
            Expect.table("Users with this address after twin@example.com and Twin@Example.com registered at the same moment, in " + isolation, Rows.columns("count").row(1),
                Sql.query(clone.app(), "select count(*) from app.users where lower(email::text) = 'twin@example.com'"), "Each looked, and neither saw the other's row. Who sees both?");
            Sql.execute(clone.app(), "delete from app.users where lower(email::text) = 'twin@example.com'");
        }
    }

    @Test @Needs("registers") @Hint(1) @Promises("came-at") @DisplayName("created_at is the instant at which the user came, in every time zone")
    void createdAtIsAnInstant(Clone clone) throws SQLException {
        try (var program = Sql.connect(clone.app()); var reader = Sql.connect(clone.app())) {
            var zones = Rows.query(program, "select unnest(array[" + ZONES + "])").values().stream().map(row -> row.getFirst().toString()).toList();
            for (var zone : zones) {
                var email = zone.replace('/', '.') + "@example.com";
                Sql.execute(program, "set timezone = '" + zone + "'");
                program.setAutoCommit(false);
                var came = Rows.query(program, "select cast(now() as text)").values().getFirst().getFirst();
                register(program, email);
                var left = Rows.query(program, "select cast(clock_timestamp() as text)").values().getFirst().getFirst();
                program.commit();
                program.setAutoCommit(true);
                Rows.query(program, "select 1 from pg_sleep(0.01)"); // so that a later instant can be told from the first
                Rows.query(program, "update app.users set password_hash = 'another' where lower(email::text) = lower(?) returning id", email);
                for (var elsewhere : zones) {
                    Sql.execute(reader, "set timezone = '" + elsewhere + "'");
                    var seen = Rows.query(reader, """
                        select cast(created_at as text), created_at between cast(? as timestamptz) - interval '1 ms' and cast(? as timestamptz) + interval '1 ms'
                        from app.users where lower(email::text) = lower(?)""", came, left, email).values().getFirst();
                    Expect.that("created_at of a user who registered from a session in " + zone + ", and has another password now, read from one in " + elsewhere, Boolean.TRUE.equals(seen.getLast()),
                        "from " + came + " to " + left, seen.getFirst(), "What is stored: the instant of the insert, or of something else? Or what the clock on a wall showed?");
                }
            }
        }
    }

    @Test @Needs("registers") @Hint(2) @Promises("never-null") @DisplayName("no column can be null")
    void nothingIsNull(Clone clone) throws SQLException {
        Expect.sqlState("A user with NULL for email", "23502", () -> Sql.execute(clone.app(), "insert into app.users (email, password_hash) values (null, 'x')"), "An unknown address is no address.");
        Expect.sqlState("A user with NULL for password_hash", "23502", () -> Sql.execute(clone.app(), "insert into app.users (email, password_hash) values ('e@example.com', null)"),
            "The generator's table forbade it already. What was right stays.");
        for (var row : Sql.query(clone.app(), """
                select attname, attnotnull from pg_attribute where attrelid = 'app.users'::regclass
                and attname in ('id', 'email', 'password_hash', 'created_at')""").values()) {
            Expect.that("The column " + row.getFirst() + " of app.users", Boolean.TRUE.equals(row.getLast()), "not null", "it may be null",
                "A default is for those who say nothing. Who says NULL gets NULL, unless the column itself forbids it.");
        }
    }

    @Test @Needs("registers") @Hint(2) @Promises("two-indexes") @DisplayName("no index is there twice")
    void noIndexTwice(Clone clone) throws SQLException {
        var indexes = Sql.query(clone.app(), "select pg_get_indexdef(indexrelid) from pg_index where indrelid = 'app.users'::regclass order by 1").values().stream().map(List::getFirst).toList();
        Expect.that("Indexes of app.users", indexes.size() == 2, "two: one for the id, one for the address", indexes.stream().map(Object::toString).collect(Collectors.joining("; ")),
            "Each is paid for at every insert. `primary key` and `unique` make one without being asked.");
    }

    private static String shown(String email) {
        return email.length() < 80 ? email : email.substring(0, 20) + "… (" + email.length() + " characters)";
    }

    private static void refused(Clone clone, String what, Expect.Work work) throws SQLException {
        try {
            work.run();
        } catch (Exception e) {
            Expect.that(what, e instanceof SQLException sql && String.valueOf(sql.getSQLState()).startsWith("23"), "SQLSTATE 23505, or another one of class 23",
                e instanceof SQLException sql ? "SQLSTATE " + sql.getSQLState() + ", " + sql.getMessage() : e, "The address belongs to a user already.");
            return;
        }
        Expect.that(what, false, "SQLSTATE 23505, or another one of class 23", "no error at all",
            "The address belongs to a user already. Two texts that differ in case are two values, unless you say otherwise.");
    }

    private static void expectNoTwins(Clone clone, String when, String outcome) throws SQLException {
        Expect.table(when + " (" + outcome + "), ids that two users share", Rows.columns("count").row(0),
            Sql.query(clone.app(), "select count(*) from (select from app.users group by id having count(*) > 1) shared"), "A type is not a key. Which constraint makes a column the identity of its row?");
    }

    private static String outcome(Clone clone, String statement) {
        try {
            Sql.execute(clone.app(), statement);
            return "no error";
        } catch (SQLException e) {
            return "SQLSTATE " + e.getSQLState();
        }
    }

    private static String typeOfId(Clone clone) throws SQLException {
        return Sql.text(clone.app(), "select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'app.users'::regclass and attname = 'id'");
    }

    private static Object register(Connection connection, String email) throws SQLException {
        return Rows.query(connection, REGISTER, email, "x").values().getFirst().getFirst();
    }
}

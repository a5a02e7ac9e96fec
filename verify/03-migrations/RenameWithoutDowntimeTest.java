import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.*;

/** Two releases of a program live on the schema between expand and contract. The checks are those two programs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RenameWithoutDowntimeTest {
    private static final String NAMES = "select id, email, %s as name from app.customers order by id";

    private CatalogSnapshot before;
    private Rows customers;

    /** A release of the program: it knows one name of the column and not the other. */
    private record Program(String name, String column, Connection connection) {
        void insert(String email, String customer) throws SQLException {
            execute("insert into app.customers (email, " + column + ") values (?, ?)", email, customer);
        }

        void rename(String email, String customer) throws SQLException {
            execute("update app.customers set " + column + " = ? where email = ?", customer, email);
        }

        Object read(String email) throws SQLException {
            var rows = Rows.query(connection, "select " + column + " from app.customers where email = ?", email).values();
            return rows.isEmpty() ? "no such customer" : rows.getFirst().getFirst();
        }

        private void execute(String sql, String... values) throws SQLException {
            try (var statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setString(i + 1, values[i]);
                }
                statement.executeUpdate();
            }
        }
    }

    private interface Roles {
        void act(Program oldProgram, Program newProgram) throws SQLException;
    }

    @Test @Hint(1) @DisplayName("V2 runs")
    void expands(Clone clone, Answer answer) throws SQLException {
        before = CatalogSnapshot.of(clone);
        try (var app = Sql.connect(clone.app())) {
            var names = EdgeData.texts();
            for (int i = 0; i < names.size(); i++) {
                new Program("old", "fullname", app).insert("edge" + i + "@example.com", names.get(i));
            }
        }
        customers = Sql.query(clone.app(), NAMES.formatted("fullname"));
        migrate(clone, answer, "2");
    }

    @Test @Needs("expands") @Hint(1) @Promises("both-work") @DisplayName("the old program and the new one can insert, read and update")
    void bothWork(Clone clone) throws SQLException {
        play(clone, (oldProgram, newProgram) -> {
            for (var program : List.of(oldProgram, newProgram)) {
                var email = program.name() + "@x.io";
                works("The " + program.name() + " program inserts", () -> program.insert(email, "Ann " + program.name()));
                Expect.equal("What the " + program.name() + " program reads of what it wrote", "Ann " + program.name(), program.read(email), "Which columns does a row have after V2?");
                works("The " + program.name() + " program changes a name", () -> program.rename(email, "Anna " + program.name()));
                Expect.equal("What the " + program.name() + " program reads of what it changed", "Anna " + program.name(), program.read(email), "Which of the two names did the update change?");
            }
        });
    }

    @Test @Needs("bothWork") @Hint(2) @Promises("see-each-other") @DisplayName("each program sees what the other inserted")
    void insertsAreSeen(Clone clone) throws SQLException {
        play(clone, (oldProgram, newProgram) -> {
            oldProgram.insert("by-old@x.io", "Ann old");
            newProgram.insert("by-new@x.io", "Ann new");
            Expect.equal("display_name of a customer whom the old program inserted", "Ann old", newProgram.read("by-old@x.io"), "Who fills the new column when a program does not know it?");
            Expect.equal("fullname of a customer whom the new program inserted", "Ann new", oldProgram.read("by-new@x.io"), "Who fills the old column when a program does not know it any more?");
        });
    }

    @Test @Needs("insertsAreSeen") @Hint(2) @Promises("see-each-other") @DisplayName("each program sees what the other changed, however often they take turns")
    void updatesAreSeen(Clone clone) throws SQLException {
        play(clone, (oldProgram, newProgram) -> {
            oldProgram.rename("by-old@x.io", "Bob old");
            Expect.equal("display_name after the old program changed fullname", "Bob old", newProgram.read("by-old@x.io"), "A trigger may listen to updates, too.");
            newProgram.rename("by-old@x.io", "Cat new");
            Expect.equal("fullname after the new program changed display_name", "Cat new", oldProgram.read("by-old@x.io"), "Which of the two names did the update change? The other one follows.");
            takeTurns(oldProgram, newProgram);
        });
    }

    @Test @Needs("bothWork") @Hint(2) @Promises({"old-rows", "see-each-other"}) @DisplayName("customers from before have their name under both names, and both programs change it")
    void oldRowsAreCopied(Clone clone) throws SQLException {
        for (var column : List.of("display_name", "fullname")) {
            Expect.table("Customers from before V2, by " + column, customers, Sql.query(clone.app(), NAMES.replace(" order", " where id <= ? order").formatted(column), (long) customers.values().size()),
                "A trigger works for new writes. What does it do, or what did your update do, to the old rows?");
        }
        play(clone, (oldProgram, newProgram) -> {
            for (var email : List.of("customer7@example.com", "edge0@example.com", "customer1000@example.com")) {
                for (var name : List.of("Gus", " gus", "Gus ")) {
                    works("The old program changes a name to '" + name + "'", () -> oldProgram.rename(email, name));
                    expectSeen(newProgram, email, name, "old program changed the name of a customer from before V2 to");
                    works("The new program changes a name to 'New" + name + "'", () -> newProgram.rename(email, "New" + name));
                    expectSeen(oldProgram, email, "New" + name, "new program changed the name of a customer from before V2 to");
                }
            }
        });
    }

    @Test @Needs("bothWork") @Hint(2) @Promises("both-work") @DisplayName("neither can write a NULL for a name")
    void nobodyWithoutName(Clone clone) throws SQLException {
        play(clone, (oldProgram, newProgram) -> {
            for (var program : List.of(oldProgram, newProgram)) {
                program.connection().setAutoCommit(false);
                Expect.sqlState("The " + program.name() + " program inserts a customer with NULL for " + program.column(), "23502", () -> program.insert("nobody@x.io", null), "The old column was `not null`, for whoever writes.");
                program.connection().rollback();
                Expect.sqlState("The " + program.name() + " program changes " + program.column() + " to NULL", "23502", () -> program.rename("customer3@example.com", null),
                    "The old column was `not null`, for whoever writes. How do you compare with NULL?");
                program.connection().rollback();
            }
        });
    }

    @Test @Needs("bothWork") @Hint(2) @Promises("only-new") @DisplayName("V3 runs, and only the new column is left")
    void contracts(Clone clone, Answer answer) throws SQLException {
        customers = Sql.query(clone.app(), NAMES.formatted("display_name"));
        migrate(clone, answer, "3");
        Expect.table("Columns of the table app.customers after V3", Rows.columns("column", "type", "not null").row("id", "bigint", true).row("email", "text", true).row("display_name", "text", true),
            Sql.query(clone.app(), """
                select attname::text as column, format_type(atttypid, atttypmod) as type, attnotnull as "not null" from pg_attribute join pg_class c on c.oid = attrelid
                where attrelid = 'app.customers'::regclass and relkind = 'r' and attnum > 0 and not attisdropped"""),
            "V3 takes away what only the old program needs. The old column was `not null`. Is the new one?");
        Expect.equal("Constraints of app.customers that PostgreSQL has not checked for the old rows", List.of(), Sql.query(clone.app(),
            "select conname::text from pg_constraint where conrelid = 'app.customers'::regclass and not convalidated").values().stream().map(List::getFirst).toList(),
            "The old column was `not null`, and every row was known to be.");
    }

    @Test @Needs("contracts") @Hint(2) @Promises("nobody-lost") @DisplayName("no customer lost a name")
    void namesAreKept(Clone clone) throws SQLException {
        Expect.table("Customers from before V3", customers, Sql.query(clone.app(), NAMES.formatted("display_name")), "Rows, and their names, are the one thing that no migration may lose.");
    }

    @Test @Needs("contracts") @Hint(2) @Promises({"nothing-left", "nobody-lost"}) @DisplayName("nothing of the crossing is left behind")
    void tidiesUp(Clone clone) throws SQLException {
        Expect.nothingElseChanged("What has changed since before V2, besides the column's name", before, CatalogSnapshot.of(clone), "What did V2 create, or change, that nobody needs any more?",
            "^gone: column app\\.customers\\.fullname ", "^new: column app\\.customers\\.display_name \\(text, not null, default , identity \"\", generated \"\", collation \"default\", privileges \\)");
    }

    @Test @Needs("contracts") @Hint(2) @Promises("only-new") @DisplayName("the new program still inserts, changes and reads")
    void newProgramLivesOn(Clone clone) throws SQLException {
        play(clone, (oldProgram, newProgram) -> {
            for (var name : List.of("Dan", "", " Dan ", "x".repeat(3000))) {
                var email = name.length() + "late@x.io";
                works("The new program inserts after V3", () -> newProgram.insert(email, name));
                works("The new program changes a name after V3", () -> newProgram.rename(email, name + "a"));
                Expect.equal("What it reads then", name + "a", newProgram.read(email), "What still runs at each write?");
            }
            Expect.sqlState("A customer without a display_name is refused", "23502", () -> newProgram.insert("nobody@x.io", null), "The old column was `not null`. Is the new one?");
        });
    }

    /** Both insert customers with all kinds of names and change others, in random order, and the other one reads what was written. */
    private static void takeTurns(Program oldProgram, Program newProgram) throws SQLException {
        var random = RandomData.create();
        var written = new ArrayList<>(List.of("by-old@x.io", "by-new@x.io"));
        var names = new ArrayList<>(EdgeData.texts());
        names.addAll(List.of(" Bob", "bob", "Bob"));
        for (var name : names) {
            for (var program : random.coin() ? List.of(oldProgram, newProgram) : List.of(newProgram, oldProgram)) {
                var email = program.name() + written.size() + "@x.io";
                var reader = program == oldProgram ? newProgram : oldProgram;
                works("The " + program.name() + " program inserts a customer called '" + name + "'", () -> program.insert(email, name));
                expectSeen(reader, email, name, program.name() + " program inserted");
                var another = random.oneOf(written);
                works("The " + program.name() + " program changes a name to '" + name + "'", () -> program.rename(another, name));
                expectSeen(reader, another, name, program.name() + " program changed the name to");
                written.add(email);
            }
        }
    }

    private static void expectSeen(Program reader, String email, String name, String what) throws SQLException {
        Expect.equal(reader.column() + " after the " + what + " '" + name + "'", name, reader.read(email), "Which of the two names did the program write? The other one follows, to the letter.");
    }

    private static void play(Clone clone, Roles roles) throws SQLException {
        try (var one = Sql.connect(clone.app()); var other = Sql.connect(clone.app())) {
            Sql.execute(one, "set search_path = ''");
            roles.act(new Program("old", "fullname", one), new Program("new", "display_name", other));
        }
    }

    private static void works(String what, Expect.Work work) {
        Expect.works(what, work, "This program is alive, and nobody asked it.");
    }

    private static void migrate(Clone clone, Answer answer, String version) {
        Expect.works("V" + version + " runs", () -> AnswerMigrations.configure(clone, answer).target(version).load().migrate(), "PostgreSQL's words name the file's line.");
    }
}

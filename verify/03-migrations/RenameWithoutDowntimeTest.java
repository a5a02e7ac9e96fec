import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.*;

/** Two releases of a program live on the schema between expand and contract. The checks are those two programs. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RenameWithoutDowntimeTest {

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

    @Test @Order(1) @Hint(1) @DisplayName("V2 runs")
    void expands(Clone clone, Answer answer) {
        migrate(clone, answer, "2");
    }

    @Test @Order(2) @Needs("expands") @Hint(1) @DisplayName("the old program and the new one can insert and read")
    void bothWork(Clone clone) throws SQLException {
        play(clone, (oldProgram, newProgram) -> {
            for (var program : List.of(oldProgram, newProgram)) {
                works("The " + program.name() + " program inserts", () -> program.insert(program.name() + "@x.io", "Ann " + program.name()));
                Expect.equal("What the " + program.name() + " program reads of what it wrote", "Ann " + program.name(),
                    program.read(program.name() + "@x.io"), "Which columns does a row have after V2?");
            }
        });
    }

    @Test @Order(3) @Needs("bothWork") @Hint(2) @DisplayName("each program sees what the other inserted")
    void insertsAreSeen(Clone clone) throws SQLException {
        play(clone, (oldProgram, newProgram) -> {
            Expect.equal("display_name of a customer whom the old program inserted", "Ann old", newProgram.read("old@x.io"),
                "Who fills the new column when a program does not know it?");
            Expect.equal("fullname of a customer whom the new program inserted", "Ann new", oldProgram.read("new@x.io"),
                "Who fills the old column when a program does not know it any more?");
        });
    }

    @Test @Order(4) @Needs("insertsAreSeen") @Hint(2) @DisplayName("each program sees what the other changed")
    void updatesAreSeen(Clone clone) throws SQLException {
        play(clone, (oldProgram, newProgram) -> {
            oldProgram.rename("old@x.io", "Bob old");
            Expect.equal("display_name after the old program changed fullname", "Bob old", newProgram.read("old@x.io"),
                "A trigger may listen to updates, too.");
            newProgram.rename("old@x.io", "Cat new");
            Expect.equal("fullname after the new program changed display_name", "Cat new", oldProgram.read("old@x.io"),
                "Which of the two names did the update change? The other one follows.");
        });
    }

    @Test @Order(5) @Needs("bothWork") @Hint(2) @DisplayName("customers from before have their name under both names")
    void oldRowsAreCopied(Clone clone) throws SQLException {
        play(clone, (oldProgram, newProgram) -> Expect.equal("display_name of customer 7, who was there before V2", "Customer 7",
            newProgram.read("customer7@example.com"), "A trigger works for new writes. The old rows are still as they were."));
    }

    @Test @Order(6) @Needs("bothWork") @Hint(2) @DisplayName("V3 runs, and only the new column is left")
    void contracts(Clone clone, Answer answer) throws SQLException {
        migrate(clone, answer, "3");
        try (var connection = clone.app().connect()) {
            Expect.equal("Columns of app.customers after V3", List.of("display_name", "email", "id"), Rows.query(connection, """
                select column_name from information_schema.columns
                where table_schema = 'app' and table_name = 'customers' order by column_name collate "C"
                """).values().stream().map(row -> row.getFirst().toString()).toList(), "V3 takes away what only the old program needs.");
        }
    }

    @Test @Order(7) @Needs("contracts") @Hint(2) @DisplayName("the new program still inserts, changes and reads")
    void newProgramLivesOn(Clone clone) throws SQLException {
        play(clone, (oldProgram, newProgram) -> {
            works("The new program inserts after V3", () -> newProgram.insert("late@x.io", "Dan"));
            works("The new program changes a name after V3", () -> newProgram.rename("late@x.io", "Dora"));
            Expect.equal("What it reads then", "Dora", newProgram.read("late@x.io"), "What still runs at each write?");
        });
    }

    @Test @Order(8) @Needs("contracts") @Hint(2) @DisplayName("no customer lost a name, and none can be without one")
    void namesAreKept(Clone clone) throws SQLException {
        play(clone, (oldProgram, newProgram) -> {
            var kept = Rows.query(newProgram.connection(), """
                select count(*) from app.customers
                where email = 'customer' || id || '@example.com' and display_name = 'Customer ' || id""");
            Expect.table("Customers from before whose name is what it was", Rows.columns("count").row(1000), kept, "Rows, and their names, are the one thing that no migration may lose.");
            Expect.sqlState("A customer without a display_name is refused", "23502", () -> newProgram.insert("nobody@x.io", null),
                "The old column was `not null`. Is the new one?");
        });
    }

    @Test @Order(9) @Needs("contracts") @Hint(2) @DisplayName("nothing of the crossing is left behind")
    void tidiesUp(Clone clone) throws SQLException {
        try (var connection = clone.app().connect()) {
            Expect.equal("Triggers and functions left in the schema app", List.of(), Rows.query(connection, """
                select tgname::text from pg_trigger where tgrelid = 'app.customers'::regclass and not tgisinternal
                union all select proname::text from pg_proc where pronamespace = 'app'::regnamespace
                """).values().stream().map(List::getFirst).toList(), "What did V2 create that nobody needs any more?");
        }
    }

    private static void play(Clone clone, Roles roles) throws SQLException {
        try (var one = clone.app().connect(); var other = clone.app().connect()) {
            roles.act(new Program("old", "fullname", one), new Program("new", "display_name", other));
        }
    }

    private static void works(String what, Expect.Work work) {
        Expect.works(what, work, "This program is alive, and nobody asked it.");
    }

    private static void migrate(Clone clone, Answer answer, String version) {
        var flyway = Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .locations("filesystem:" + answer.folder()).target(version).load();
        Expect.works("V" + version + " runs", flyway::migrate, "PostgreSQL's words name the file's line.");
    }
}

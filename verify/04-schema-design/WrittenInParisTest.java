import grading.*;
import java.sql.SQLException;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.*;

/** The migration runs in sessions of two zones, and the instants must be the same, and right. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WrittenInParisTest {
    private static final String FIRST = "select id, sent_at, delivered_at from app.shipments where id <= 5 order by id";
    private static final Rows INSTANTS = Rows.columns("id", "sent_at", "delivered_at")
        .row(1, Instant.parse("2025-01-15T11:00:00Z"), Instant.parse("2025-01-16T08:30:00Z"))
        .row(2, Instant.parse("2025-07-15T10:00:00Z"), Instant.parse("2025-07-16T07:30:00Z"))
        .row(3, Instant.parse("2025-03-29T19:00:00Z"), Instant.parse("2025-03-30T06:00:00Z"))
        .row(4, Instant.parse("2025-10-25T18:00:00Z"), Instant.parse("2025-10-26T07:00:00Z"))
        .row(5, Instant.parse("2025-12-31T22:59:00Z"), null);

    @Test @Order(1) @Hint(1) @DisplayName("the migration runs, from a session in UTC")
    void runs(Clone clone, Answer answer) {
        migrate(clone, answer, "UTC");
    }

    @Test @Order(2) @Needs("runs") @Hint(1) @DisplayName("both columns are instants")
    void areInstants(Clone clone) throws SQLException {
        Expect.table("Types of the columns", Rows.unnamed().row("sent_at", "timestamp with time zone").row("delivered_at", "timestamp with time zone"),
            query(clone, """
                select column_name::text, data_type::text from information_schema.columns
                where table_schema = 'app' and table_name = 'shipments' and column_name like '%\\_at'"""),
            "Two columns, and each shall be an instant.");
    }

    @Test @Order(3) @Needs("areInstants") @Hint(2) @DisplayName("the old rows tell when it happened, in winter and in summer")
    void tellsTheInstants(Clone clone) throws SQLException {
        Expect.tableInOrder("The first shipments, as instants", INSTANTS, query(clone, FIRST),
            "Shipment 1 was sent in January, shipment 2 in July, both at noon by the clock in Paris.");
    }

    @Test @Order(4) @Needs("tellsTheInstants") @Hint(2) @DisplayName("no shipment is lost or moved")
    void losesNothing(Clone clone) throws SQLException {
        Expect.table("Shipments that were sent at eight in the morning, Paris, in 2024", Rows.columns("count").row(365), query(clone, """
            select count(distinct sent_at) from app.shipments
            where (sent_at at time zone 'Europe/Paris')::time = '08:00' and extract(year from sent_at) = 2024"""),
            "There was one on each of 365 days.");
        Expect.table("All shipments, and those that were not delivered", Rows.unnamed().row(370, 1), query(clone,
            "select count(*), count(*) filter (where delivered_at is null) from app.shipments"), "NULL stays NULL.");
    }

    @Test @Order(5) @Needs("areInstants") @Hint(1) @DisplayName("what the table promised, it still promises")
    void keepsItsPromises(Clone clone) throws SQLException {
        Expect.works("A shipment that says nothing of its time", () -> execute(clone, "insert into app.shipments (delivered_at) values (null)"),
            "sent_at has a default.");
        Expect.table("Its sent_at", Rows.columns("just_now").row(true), query(clone, """
            select abs(extract(epoch from clock_timestamp() - sent_at)) < 600 as just_now from app.shipments order by id desc limit 1"""),
            "The default is the instant of the insert.");
        Expect.sqlState("A shipment with NULL for sent_at", "23502", () -> execute(clone, "insert into app.shipments (sent_at) values (null)"),
            "sent_at was `not null`.");
        Expect.sqlState("A shipment that arrives before it was sent", "23514", () -> execute(clone,
            "insert into app.shipments (sent_at, delivered_at) values ('2026-01-02 00:00Z', '2026-01-01 00:00Z')"), "There was a check.");
    }

    @Test @Fresh @Order(6) @Needs("tellsTheInstants") @Hint(2) @DisplayName("from a session in Auckland it makes the same instants")
    void anySession(Clone clone, Answer answer) throws SQLException {
        migrate(clone, answer, "Pacific/Auckland");
        Expect.tableInOrder("The first shipments, migrated from Auckland", INSTANTS, query(clone, FIRST),
            "Where the rows were written matters, not where the migration runs.");
    }

    private static void migrate(Clone clone, Answer answer, String zone) {
        var flyway = Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .initSql("set timezone = '" + zone + "'").locations("filesystem:" + answer.folder()).load();
        Expect.works("V2 runs", flyway::migrate, "PostgreSQL's words name the file's line.");
    }

    private static void execute(Clone clone, String sql) throws SQLException {
        try (var connection = clone.app().connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Rows query(Clone clone, String sql) throws SQLException {
        try (var connection = clone.app().connect()) {
            return Rows.query(connection, sql);
        }
    }
}

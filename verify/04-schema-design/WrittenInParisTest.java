import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.junit.jupiter.api.*;

/** The migration runs in sessions of two zones, and the instants must be the same, and right. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrittenInParisTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final String SHIPMENTS = "select id, sent_at, delivered_at from app.shipments order by id";
    private static final String INSERT = "insert into app.shipments (sent_at, delivered_at) values ('%s', '%s')";
    private static final String SETTINGS = "select name || ' = ' || setting from pg_settings where source = 'session' and name !~ '^transaction_' union all select 'role = ' || current_user order by 1";

    private Rows instants;
    private CatalogSnapshot before;

    @Test @Hint(1) @DisplayName("the migration runs, from a session in UTC")
    void runs(Clone clone, Answer answer) throws SQLException {
        before = CatalogSnapshot.of(clone);
        instants = readInParis(clone);
        migrate(clone, answer, "UTC");
    }

    @Test @Needs("runs") @Hint(1) @Promises("are-instants") @DisplayName("both columns are instants")
    void areInstants(Clone clone) throws SQLException {
        Expect.table("Types of the columns", Rows.unnamed().row("sent_at", "timestamp with time zone").row("delivered_at", "timestamp with time zone"),
            Sql.query(clone.app(), """
                select attname::text, format_type(atttypid, atttypmod) from pg_attribute
                where attrelid = 'app.shipments'::regclass and attname in ('sent_at', 'delivered_at')"""),
            "Two columns, and each shall be an instant.");
    }

    @Test @Needs("areInstants") @Hint(2) @Promises({"old-rows", "any-session"}) @DisplayName("the old rows tell when it happened, in winter and in summer")
    void tellsTheInstants(Clone clone) throws SQLException {
        Expect.tableInOrder("All shipments, as instants", instants, Sql.query(clone.app(), SHIPMENTS),
            "Shipment 1 was sent in January, shipment 2 in July, both at noon by the clock in Paris. NULL stays NULL.");
    }

    @Test @Needs("areInstants") @Hint(1) @Promises("still-promised") @DisplayName("what the table promised, it still promises")
    void keepsItsPromises(Clone clone) throws SQLException {
        for (var zone : List.of("UTC", "Asia/Tokyo")) {
            try (var connection = Sql.connect(clone.app())) {
                Sql.execute(connection, "set timezone = '" + zone + "'");
                connection.setAutoCommit(false);
                Expect.works("A shipment that says nothing of its time, from a session in " + zone, () -> Sql.execute(connection, "insert into app.shipments default values"), "sent_at has a default.");
                Expect.table("Whether its sent_at is the present instant, from a session in " + zone, Rows.columns("just_now", "delivered_at").row(true, null), Rows.query(connection, """
                    select coalesce(sent_at between now() and clock_timestamp(), false) as just_now, delivered_at from app.shipments order by id desc limit 1"""),
                    "The default is the instant of the insert, and no clock on a wall.");
                connection.commit();
            }
        }
        try (var program = Sql.connect(clone.app())) {
            for (var statement : List.of("insert into app.shipments (sent_at) values (null)", "update app.shipments set sent_at = null where id = 1")) {
                Expect.sqlState("sent_at is NULL after " + statement, "23502", () -> Sql.execute(program, statement), "sent_at was `not null`.");
            }
            for (var statement : List.of(INSERT.formatted("2026-01-02 00:00Z", "2026-01-01 00:00Z"), INSERT.formatted("2025-10-26 00:45Z", "2025-10-26 00:44:59.999999Z"), "update app.shipments set delivered_at = '2001-01-01Z' where id = 5")) {
                Expect.sqlState("A shipment arrives before it was sent, after " + statement, "23514", () -> Sql.execute(program, statement), "There was a check.");
            }
            for (var statement : List.of(INSERT.formatted("2026-01-02 00:00Z", "2026-01-02 00:00Z"), INSERT.formatted("1969-12-31 23:59:59.5Z", "2099-12-31 23:30Z"), INSERT.formatted("2025-10-26 00:45Z", "2025-10-26 01:15Z"))) {
                Expect.works("It is allowed: " + statement, () -> Sql.execute(program, statement), "The check was delivered_at >= sent_at, and nothing more.");
            }
        }
        Expect.equal("Constraints that PostgreSQL has not checked for the old rows", List.of(), Sql.query(clone.app(),
            "select conname::text from pg_constraint where conrelid = 'app.shipments'::regclass and not convalidated").values().stream().map(List::getFirst).toList(), "`not valid` is a promise to look later.");
        Expect.table("The column sent_at", Rows.columns("not null").row(true), Sql.query(clone.app(),
            "select attnotnull as \"not null\" from pg_attribute where attrelid = 'app.shipments'::regclass and attname = 'sent_at'"), "sent_at was `not null`.");
    }

    @Test @Needs("areInstants") @Hint(1) @Promises("nothing-else") @DisplayName("nothing else is new or changed")
    void nothingElse(Clone clone) throws SQLException {
        Expect.nothingElseChanged("What has changed besides the two columns", before, CatalogSnapshot.of(clone), "Two columns shall have another type. What else did the file make, and who removes it?",
            "^changed: column app\\.shipments\\.(sent|delivered)_at, ", "^(new|gone): constraint \\S+ on app\\.shipments \\(CHECK ", "^changed: constraint shipments_check on app\\.shipments, ");
    }

    @Test @Fresh @Needs("tellsTheInstants") @Hint(2) @Promises({"any-session", "old-rows", "nothing-else"}) @DisplayName("from a session in Auckland it makes the same instants, and leaves the session as it was")
    void anySession(Clone clone, Answer answer) throws SQLException {
        var random = RandomData.create();
        try (var server = Sql.connect(clone.app())) {
            for (var edge : List.of("2024-03-30T22:30:00Z", "2024-03-31T00:59:59.999999Z", "2024-03-31T01:00:00Z", "2024-10-26T23:59:59.999999Z", "2024-10-27T02:00:00Z", "2025-06-01T21:59:59.999999Z", "2025-12-31T23:00:00Z")) {
                insert(server, Instant.parse(edge), Instant.parse(edge));
            }
            for (int i = 0; i < 120; i++) {
                var sent = random.instant(Instant.parse("2000-01-01T00:00:00Z"), Duration.ofDays(9000));
                insert(server, sent, random.coin() ? sent : random.instant(sent, Duration.ofDays(200)));
            }
        }
        var expected = readInParis(clone);
        var session = migrate(clone, answer, "Pacific/Auckland");
        Expect.tableInOrder("All shipments, migrated from Auckland", expected, Sql.query(clone.app(), SHIPMENTS),
            "Where the rows were written matters, not where the migration runs.");
        Expect.equal("Settings of the session after V2", session.getFirst(), session.getLast(), "The next file runs in the same session. What has V2 set, and who sets it back to what it was?");
    }

    /** As the server in Paris wrote it; unless its clock was set back in that hour, which shows each time twice. */
    private static void insert(Connection server, Instant sent, Instant delivered) throws SQLException {
        var wallSent = LocalDateTime.ofInstant(sent, PARIS);
        var wallDelivered = LocalDateTime.ofInstant(delivered, PARIS);
        if (PARIS.getRules().getValidOffsets(wallSent).size() == 1 && PARIS.getRules().getValidOffsets(wallDelivered).size() == 1) {
            Rows.query(server, "insert into app.shipments (sent_at, delivered_at) values (?, ?) returning id", wallSent, wallDelivered);
        }
    }

    /** What the rows mean before the migration, by Java's rules for Paris. */
    private static Rows readInParis(Clone clone) throws SQLException {
        var instants = Rows.columns("id", "sent_at", "delivered_at");
        for (var row : Sql.query(clone.app(), SHIPMENTS).values()) {
            instants = instants.row(row.getFirst(), inParis(row.get(1)), inParis(row.getLast()));
        }
        return instants;
    }

    private static Instant inParis(Object wall) {
        return wall == null ? null : ((LocalDateTime) wall).atZone(PARIS).toInstant();
    }

    /** What is set in the session before, and afterwards. */
    private static List<List<Object>> migrate(Clone clone, Answer answer, String zone) {
        var states = new ArrayList<List<Object>>();
        var callback = new BaseCallback() {
            @Override public boolean supports(Event event, Context context) {
                return event == Event.AFTER_CONNECT || event == Event.AFTER_MIGRATE_OPERATION_FINISH; // in the session that runs the files
            }

            @Override public void handle(Event event, Context context) {
                try {
                    states.add(Rows.query(context.getConnection(), SETTINGS).values().stream().map(List::getFirst).toList());
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        var settings = "set timezone = '" + zone + "'; set lock_timeout = '7s'; set work_mem = '5MB'";
        Expect.works("V2 runs", () -> AnswerMigrations.configure(clone, answer).initSql(settings).callbacks(callback).load().migrate(), "PostgreSQL's words name the file's line.");
        return states;
    }
}

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import grading.Clone;
import grading.Expect;
import grading.Fresh;
import grading.Hint;
import grading.Needs;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Judges 02.3 on a pool of one connection: the next borrower always gets the one that was just used. */
@TestMethodOrder(OrderAnnotation.class)
class TenantContextTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> ALICES = List.of("buy a rabbit", "cancel the hat");

    @Test @Order(1) @Hint(2) @DisplayName("The work sees the notes of its tenant, and only those")
    void theTenantSeesItsNotes(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            Expect.equal("Alice's notes", ALICES, as(pool, "alice", TenantContextTest::notes),
                "How long does your setting live, and is the work still within that time?");
            Expect.equal("Bob's notes", List.of("call alice"), as(pool, "bob", TenantContextTest::notes),
                "The setting must be the tenant of this request.");
        }
    }

    @Test @Order(2) @Needs("theTenantSeesItsNotes") @Hint(1) @DisplayName("The next borrower of the connection is nobody")
    void theNextBorrowerIsNobody(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            as(pool, "alice", TenantContextTest::notes);
            nobodySeesAnything(pool);
        }
    }

    @Test @Order(3) @Needs("theNextBorrowerIsNobody") @Hint(1) @DisplayName("So is the next one after work that threw")
    void aFailureLeavesNobody(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            var failure = new IllegalStateException("in the middle of the request");
            var thrown = thrown(pool, connection -> {
                notes(connection);
                throw failure;
            });
            Expect.equal("What the caller gets", failure, thrown, "The failure of the work is the caller's business.");
            nobodySeesAnything(pool);
        }
    }

    @Test @Fresh @Order(4) @Needs("theNextBorrowerIsNobody") @Hint(2) @DisplayName("What good work changes is kept")
    void goodWorkIsKept(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            as(pool, "alice", connection -> add(connection, "feed the rabbit"));
            var expected = new ArrayList<>(ALICES);
            expected.add("feed the rabbit");
            Expect.equal("Alice's notes after she added one", expected, as(pool, "alice", TenantContextTest::notes),
                "Who commits?");
        }
    }

    @Test @Fresh @Order(5) @Needs("goodWorkIsKept") @Hint(2) @DisplayName("What failed work changed is undone")
    void failedWorkIsUndone(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            thrown(pool, connection -> {
                add(connection, "half a thought");
                throw new IllegalStateException("in the middle of the request");
            });
            Expect.equal("Alice's notes after a failure", ALICES, as(pool, "alice", TenantContextTest::notes),
                "All of the work is kept, or nothing. Which way out commits?");
        }
    }

    @Test @Order(6) @Needs("aFailureLeavesNobody") @Hint(2) @DisplayName("And the next one after work that PostgreSQL refused")
    void anSqlErrorLeavesNobody(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            var thrown = thrown(pool, connection -> {
                connection.createStatement().execute("select 1 / 0");
                return List.of();
            });
            Expect.equal("What the caller gets", "22012", thrown instanceof SQLException e ? e.getSQLState() : thrown,
                "Does your cleaning up run statements in a transaction that has failed already?");
            nobodySeesAnything(pool);
        }
    }

    @Test @Order(7) @Needs("theTenantSeesItsNotes") @Hint(2) @DisplayName("A tenant may have any name")
    void anyNameIsATenant(Clone clone) throws Exception {
        try (var pool = pool(clone)) {
            var seen = new Object[1];
            try {
                seen[0] = as(pool, "o'brien", TenantContextTest::notes);
            } catch (SQLException e) {
                seen[0] = e.getMessage();
            }
            Expect.equal("The notes of o'brien", List.of("mind the quote"), seen[0], "Is the name a parameter, or part of the SQL?");
        }
    }

    private static void nobodySeesAnything(HikariDataSource pool) throws Exception {
        var seen = Expect.within("The connection comes back to the pool", PATIENCE, () -> {
            try (var connection = pool.getConnection()) {
                return notes(connection);
            }
        });
        Expect.equal("Notes that the next borrower sees, who never named a tenant", List.of(), seen,
            "What does the connection still know when it goes back to the pool?");
    }

    private static HikariDataSource pool(Clone clone) {
        var config = new HikariConfig();
        config.setJdbcUrl(clone.app().url());
        config.setUsername(clone.app().user());
        config.setPassword(clone.app().password());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(5000);
        return new HikariDataSource(config);
    }

    private static <T> T as(HikariDataSource pool, String tenant, Tenants.Work<T> work) throws Exception {
        return Expect.within("The work of " + tenant, PATIENCE, () -> new Tenants(pool).as(tenant, work));
    }

    private static Object thrown(HikariDataSource pool, Tenants.Work<List<String>> work) {
        try {
            return "no failure, but " + as(pool, "alice", work);
        } catch (Exception e) {
            return e;
        }
    }

    private static List<String> notes(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
             var rows = statement.executeQuery("select body from notes order by id")) {
            var notes = new ArrayList<String>();
            while (rows.next()) {
                notes.add(rows.getString(1));
            }
            return notes;
        }
    }

    private static int add(Connection connection, String body) throws SQLException {
        try (var statement = connection.prepareStatement("insert into notes (body) values (?)")) {
            statement.setString(1, body);
            return statement.executeUpdate();
        }
    }
}

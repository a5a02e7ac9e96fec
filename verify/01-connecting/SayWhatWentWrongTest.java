import grading.Clone;
import grading.Expect;
import grading.Fresh;
import grading.Hint;
import grading.Needs;
import grading.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.postgresql.core.BaseConnection;

@TestMethodOrder(OrderAnnotation.class)
class SayWhatWentWrongTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test @Order(1) @DisplayName("an account is created")
    void creates(Clone clone) throws Exception {
        var result = outcome(clone, "bob@example.org", "bob", "team");
        try (var connection = clone.owner().connect()) {
            var id = Rows.query(connection, "select id from accounts where handle = 'bob' and plan = 'team'").values();
            Expect.equal("the accounts with the handle bob", 1, id.size(), "Is it inserted, and committed?");
            Expect.equal("signUp for a new account", "Created[id=" + id.getFirst().getFirst() + "]", result, "The id comes from the database.");
        }
    }

    @Test @Order(2) @Needs("creates") @Hint(1) @DisplayName("a taken address and a taken handle are told apart")
    void tellsWhatIsTaken(Clone clone) throws Exception {
        Expect.equal("signUp with Ann's address", "Taken[what=email]", outcome(clone, "ann@example.org", "new", "free"),
            "Both have the same SQLSTATE. What else does the server send?");
        Expect.equal("signUp with Ann's handle", "Taken[what=handle]", outcome(clone, "new@example.org", "ann", "free"),
            "Both have the same SQLSTATE. What else does the server send?");
    }

    @Test @Order(3) @Needs("creates") @Hint(1) @DisplayName("an unknown plan and an invalid address are the user's to repair")
    void explainsOtherRules(Clone clone) throws Exception {
        Expect.equal("signUp for the plan gold", "UnknownPlan[plan=gold]", outcome(clone, "cem@example.org", "cem", "gold"),
            "Trying again will not create the plan.");
        Expect.equal("signUp with the address nonsense", "Invalid[constraint=email_has_an_at]", outcome(clone, "nonsense", "cem", "free"),
            "A check has refused it; which one?");
    }

    @Test @Order(4) @Needs("tellsWhatIsTaken") @Fresh @Hint(1) @DisplayName("a server that speaks another language is understood")
    void readsNoProse(Clone clone) throws Exception {
        raising(clone, "Kayıt zaten var", "23505", "one_account_per_handle");
        Expect.equal("signUp when the server says \"Kayıt zaten var\", 23505, one_account_per_handle", "Taken[what=handle]",
            outcome(clone, "dora@example.org", "dora", "free"), "Messages are translated. Codes and names are not.");
        raising(clone, "duplicate key value violates unique constraint \"one_account_per_email\"", "P0001", "");
        Expect.equal("signUp when the words are those of a duplicate, but the code is P0001", "thrown P0001",
            outcome(clone, "dora@example.org", "dora", "free"), "The words prove nothing.");
    }

    @Test @Order(5) @Needs("creates") @Fresh @Hint(2) @DisplayName("what may succeed the next time is worth another try")
    void triesAgain(Clone clone) throws Exception {
        for (var state : List.of("40001", "40P01", "08006", "08000")) {
            raising(clone, "please try again", state, "");
            Expect.equal("signUp when PostgreSQL reports " + state, "TryAgain[sqlState=" + state + "]",
                outcome(clone, "eve@example.org", "eve", "free"), "40001, 40P01 and the whole class 08.");
        }
    }

    @Test @Order(6) @Needs("creates") @Fresh @Hint(2) @DisplayName("a failure that nobody foresaw is thrown as it came")
    void throwsTheRest(Clone clone) throws Exception {
        for (var state : List.of("42501", "53100", "57014", "40002", "XX000")) {
            raising(clone, "something else", state, "");
            Expect.equal("signUp when PostgreSQL reports " + state, "thrown " + state, outcome(clone, "fay@example.org", "fay", "free"),
                "Only what you know may become a result.");
        }
        raising(clone, "duplicate", "23505", "accounts_pkey");
        Expect.equal("signUp when a constraint refuses that signUp does not know", "thrown 23505",
            outcome(clone, "fay@example.org", "fay", "free"), "Not every 23505 is an address or a handle.");
    }

    @Test @Order(7) @Needs({"triesAgain", "throwsTheRest"}) @Fresh @Hint(2) @DisplayName("a lost connection is worth another try")
    void survivesALostConnection(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            connection.unwrap(BaseConnection.class).getQueryExecutor().abort();
            var result = outcome(connection, "gil@example.org", "gil", "free");
            Expect.that("signUp on a connection that was lost", result.startsWith("TryAgain[sqlState=08"), "TryAgain with class 08",
                result, "This failure comes from the driver: the server has sent no fields with it.");
        }
    }

    private static String outcome(Clone clone, String email, String handle, String plan) throws Exception {
        try (var connection = clone.app().connect()) {
            return outcome(connection, email, handle, plan);
        }
    }

    private static String outcome(Connection connection, String email, String handle, String plan) throws Exception {
        return Expect.within("signUp answers", PATIENCE, () -> {
            try {
                return String.valueOf(SignUp.signUp(connection, email, handle, plan));
            } catch (SQLException e) {
                return "thrown " + e.getSQLState();
            } catch (RuntimeException e) {
                return "thrown " + e;
            }
        });
    }

    /** From now on an insert fails as the verifier wants it. */
    private static void raising(Clone clone, String message, String state, String constraint) throws SQLException {
        try (var connection = clone.owner().connect(); var statement = connection.createStatement()) {
            statement.execute("""
                create or replace function refuse() returns trigger language plpgsql as $$
                begin
                    raise exception using message = '%s', errcode = '%s', constraint = '%s';
                end $$;
                create or replace trigger refuse before insert on accounts for each row execute function refuse()
                """.formatted(message, state, constraint));
        }
    }
}

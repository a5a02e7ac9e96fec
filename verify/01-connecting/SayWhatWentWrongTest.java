import grading.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.*;
import org.postgresql.core.BaseConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** Some failures are the table's own. The others are made by the verifier, and come out of the statement of the answer. */
class SayWhatWentWrongTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Letters that look alike and are not: an accent of its own or not, wide or not, blanks of several kinds. */
    private static final List<String> LOOK_ALIKE = List.of("zoe\u0308", "zo\u00eb", "\u212b", "\u00c5", "ａｎｎ", "an\u00a0n", "an\u200bn", "\u3000", " a", "a ", "ﬁ", "fi", "\uac00", "\u1100\u1161");
    private static final String SAME_STATE = "Both have the same SQLSTATE. What else does the server send?";

    @Test @DisplayName("an account is created as it was typed, and its id is told")
    @Promises("created")
    void creates(Clone clone) throws Exception {
        Sql.execute(clone.owner(), """
            insert into accounts overriding system value values (9000000000, 'old@example.org', 'old', 'free');
            alter table accounts alter id restart with 5000000000;
            create table log (id bigint generated always as identity, account bigint);
            create function note() returns trigger language plpgsql security definer as $$
            begin
                insert into log (account) values (new.id);
                return null;
            end $$;
            create trigger note after insert on accounts for each row execute function note()""");
        try (var connection = clone.app().connect()) {
            create(clone, connection, "bob@example.org", "bob", "team");
            create(clone, connection, " Ann@Example.ORG ", " Ann O'Brien ", "free");
            create(clone, connection, "ünïcödé%@例.jp", "👩‍🚀\\", "team");
        }
        Sql.execute(clone.owner(), "alter table accounts alter id restart with 100");
        try (var connection = clone.app().connect()) {
            create(clone, connection, "@", "", "free");
        }
    }

    @Test @Needs("creates") @DisplayName("whatever is typed, and in whatever letters")
    @Promises("created")
    void keepsWhatIsTyped(Clone clone) throws Exception {
        var random = RandomData.create();
        var texts = Stream.concat(EdgeData.texts().stream(), LOOK_ALIKE.stream()).distinct().toList();
        Sql.execute(clone.owner(), "delete from accounts where id > 1");
        Sql.query(clone.owner(), "insert into plans select unnest(?::text[]) on conflict do nothing returning name", (Object) texts.toArray(String[]::new));
        var expected = Rows.columns("id", "email", "handle", "plan");
        try (var connection = clone.app().connect()) {
            for (int i = 0; i < texts.size(); i++) {
                var email = texts.get((i + 1) % texts.size()) + "@example.org" + (random.coin() ? " " : "");
                var plan = texts.get((i + 2) % texts.size());
                var result = outcome(connection, email, texts.get(i), plan);
                Expect.that("signUp with the handle " + texts.get(i), result.matches("Created\\[id=\\d+]"), "Created", result, "It is nobody else's, letter for letter.");
                expected = expected.row(Long.parseLong(result.replaceAll("\\D", "")), email, texts.get(i), plan);
            }
            Expect.table("the accounts, as another session sees them", expected, Sql.query(clone.owner(), "select id, email, handle, plan from accounts where id > 1"),
                "What looks alike is not the same to a computer. Is it inserted, as it was typed?");
        } finally {
            Sql.execute(clone.owner(), "delete from accounts where id > 1; delete from plans where name not in ('free', 'team')");
        }
    }

    private static void create(Clone clone, Connection connection, String email, String handle, String plan) throws Exception {
        var result = outcome(connection, email, handle, plan);
        var rows = Sql.query(clone.owner(), "select email, handle, plan from accounts where handle = ? or email = ?", handle, email);
        Expect.table("the account of " + email + ", as another session sees it", Rows.unnamed().row(email, handle, plan), rows, "Is it inserted, as it was typed?");
        var id = Sql.number(clone.owner(), "select id from accounts where handle = ?", handle);
        Expect.equal("signUp for the new account of " + email, "Created[id=" + id + "]", result, "The id comes from the database, which may number other things meanwhile; which one is it?");
    }

    @Test @Needs("creates") @Hint(1) @DisplayName("a taken address and a taken handle are told apart")
    @Promises("taken")
    void tellsWhatIsTaken(Clone clone) throws Exception {
        Expect.equal("signUp with Ann's address", "Taken[what=email]", outcome(clone, "ann@example.org", "new", "free"), SAME_STATE);
        Expect.equal("signUp with Ann's handle", "Taken[what=handle]", outcome(clone, "new@example.org", "ann", "free"), SAME_STATE);
    }

    @Test @Needs("tellsWhatIsTaken") @Hint(1) @DisplayName("who comes second at the same moment is told what is taken")
    @Promises("taken")
    void tellsWhoIsSecond(Clone clone) throws Exception {
        for (var what : List.of("email", "handle")) {
            try (var first = Sql.connect(clone.owner()); var second = clone.app().connect()) {
                first.setAutoCommit(false);
                Sql.execute(first, "insert into accounts (email, handle, plan) values ('first@%s', 'first', 'free')".formatted(what));
                var address = what.equals("email") ? "first@" + what : "second@" + what;
                var handle = what.equals("handle") ? "first" : "second";
                var timeouts = new QueryTimeouts();
                var signUp = Task.start(() -> outcome(timeouts.shortened(second), address, handle, "free"));
                signUp.waitsForLock(clone, Sql.pid(second), PATIENCE);
                timeouts.letPass(signUp);
                first.commit();
                Expect.equal("signUp when somebody signs up with the same " + what + " at the same moment", "Taken[what=" + what + "]",
                    String.valueOf(signUp.outcome(PATIENCE)), "It was free when you began. Who knows that it is taken?");
            } finally {
                Sql.execute(clone.owner(), "delete from accounts where handle = 'first'");
            }
        }
    }

    @Test @Needs("creates") @Hint(1) @DisplayName("an unknown plan is the user's to repair")
    @Promises("unknown-plan")
    void explainsUnknownPlans(Clone clone) throws Exception {
        Sql.execute(clone.owner(), "insert into plans values ('caf\u00e9')");
        for (var plan : List.of("gold", "Free", " free", "", "O'Brien's", "plan_exists", "cafe\u0301", "caf\u00c9", "free\u00a0", "ｆｒｅｅ")) {
            Expect.equal("signUp for the plan \"" + plan + "\"", "UnknownPlan[plan=" + plan + "]", outcome(clone, "cem@example.org", "cem", plan),
                "Trying again will not create the plan.");
        }
    }

    @Test @Needs("creates") @Hint(1) @DisplayName("what a check refuses is the user's to repair")
    @Promises("invalid")
    void explainsChecks(Clone clone) throws Exception {
        Expect.equal("signUp with the address nonsense", "Invalid[constraint=email_has_an_at]", outcome(clone, "nonsense", "cem", "free"),
            "A check has refused it; which one?");
        Sql.execute(clone.owner(), "alter table accounts add constraint handle_is_short check (length(handle) < 60)");
        Expect.equal("signUp with a long handle, which a new check refuses", "Invalid[constraint=handle_is_short]",
            outcome(clone, "cem@example.org", "c".repeat(60), "free"), "A check has refused it; which one?");
    }

    @Test @Needs("creates") @Hint(2) @DisplayName("what may succeed the next time is worth another try")
    @Promises("try-again")
    void triesAgain(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            for (var state : List.of("40001", "40P01", "08000", "08001", "08003", "08004", "08006", "08007", "08P01", "08S01")) {
                Expect.equal("signUp when PostgreSQL reports " + state, "TryAgain[sqlState=" + state + "]",
                    outcome(connection, reported(state, "please try again", "", "")), "40001, 40P01 and the whole class 08.");
            }
            for (var failure : List.of(new PSQLException("An I/O error occurred while sending to the backend.", PSQLState.CONNECTION_FAILURE),
                    new PSQLException("Protocol error. Session setup failed.", PSQLState.PROTOCOL_VIOLATION))) {
                Expect.equal("signUp when the driver reports " + failure.getSQLState(), "TryAgain[sqlState=" + failure.getSQLState() + "]",
                    outcome(connection, failure), "This failure comes from the driver: the server has sent no fields with it.");
            }
        }
    }

    @Test @Needs("triesAgain") @Hint(2) @DisplayName("a lost connection is worth another try")
    @Promises("try-again")
    void survivesALostConnection(Clone clone) throws Exception {
        try (var closed = clone.app().connect(); var aborted = clone.app().connect()) {
            closed.close();
            aborted.unwrap(BaseConnection.class).getQueryExecutor().abort();
            for (var connection : List.of(closed, aborted)) {
                var result = outcome(connection, "gil@example.org", "gil", "free");
                Expect.that("signUp on a connection that was lost", result.startsWith("TryAgain[sqlState=08"), "TryAgain with class 08",
                    result, "This failure comes from the driver: the server has sent no fields with it. Which of your calls has it come from?");
            }
        }
    }

    @Test @Needs("creates") @Hint(2) @DisplayName("a failure that nobody foresaw is thrown as it came")
    @Promises("as-it-came")
    void throwsTheRest(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            for (var state : List.of("42501", "42P01", "53100", "53300", "57014", "57P01", "57P02", "57P03",
                    "40000", "40002", "40003", "23502", "23P01", "23000", "22001", "25P02",
                    "55P03", "P0001", "XX000")) {
                passesOn(connection, "what signUp throws when PostgreSQL reports " + state, reported(state, "something else", "", ""), "Only what you know may become a result.");
            }
            for (var state : List.of("23000", "23001", "23502", "23P01", "44000", "P0001")) {
                passesOn(connection, "what signUp throws when PostgreSQL reports " + state + " of a constraint no_twins", reported(state, "something else", "", "no_twins"),
                    "A name alone does not say that a check refused it.");
            }
            for (var failure : List.of(new SQLException("the pool is closed"), new PSQLException("Something unusual", PSQLState.UNEXPECTED_ERROR),
                    new IllegalStateException("a bug"))) {
                passesOn(connection, "what signUp throws when a statement fails, and not by the server", failure, "Only what you know may become a result.");
            }
        }
    }

    @Test @Needs({"throwsTheRest", "tellsWhoIsSecond"}) @Hint(2) @DisplayName("what fails first is thrown, whatever fails because of it")
    @Promises("as-it-came")
    void theFirstFailureCounts(Clone clone) throws Exception {
        for (boolean autoCommit : List.of(false, true)) {
            try (var first = Sql.connect(clone.owner()); var second = clone.app().connect()) {
                first.setAutoCommit(false);
                Sql.execute(first, "insert into accounts (email, handle, plan) values ('first@example.org', 'first', 'free')");
                second.setAutoCommit(autoCommit);
                var pid = Sql.pid(second);
                var signUp = Task.start(() -> outcome(second, "second@example.org", "first", "free"));
                signUp.waitsForLock(clone, pid, PATIENCE);
                Faults.kill(clone, pid);
                Expect.equal("signUp when the server shuts down while it waits, " + (autoCommit ? "with autocommit" : "in a transaction of the caller's"),
                    "thrown 57P01", String.valueOf(signUp.outcome(PATIENCE)), "After that, every call on this connection fails. Which failure gets out?");
                first.rollback();
            }
        }
        try (var connection = clone.app().connect()) {
            connection.setAutoCommit(false);
            var gone = Faults.failing(connection, new SQLException("the connection is gone", "08006"), "rollback", "releaseSavepoint");
            for (var state : List.of("57P01", "42P01")) {
                passesOn(gone, "what signUp throws when PostgreSQL reports " + state + ", and going back fails as well", reported(state, "something else", "", ""),
                    "What fails afterwards is not the reason. Which failure gets out?");
            }
        }
    }

    @Test @Needs({"throwsTheRest", "explainsUnknownPlans"}) @Fresh @Hint(2) @DisplayName("a constraint that nobody foresaw is not the user's problem")
    @Promises("as-it-came")
    void knowsItsConstraints(Clone clone) throws Exception {
        Sql.execute(clone.owner(), """
            create table regions (name text primary key);
            alter table accounts add region text, add constraint region_exists foreign key (region) references regions,
              add constraint one_account_per_plan unique (plan)""");
        Expect.equal("signUp when a constraint refuses a duplicate that signUp does not know", "thrown 23505", outcome(clone, "fay@example.org", "fay", "free"),
            "Not every 23505 is an address or a handle.");
        Sql.execute(clone.owner(), "alter table accounts alter region set default 'nowhere'");
        Expect.equal("signUp when an account refers to a region that is not there", "thrown 23503", outcome(clone, "fay@example.org", "fay", "team"),
            "Not every 23503 is the plan.");
        Expect.equal("signUp without an address", "thrown 23502", outcome(clone, null, "fay", "team"), "No check has refused it.");
        Sql.execute(clone.owner(), "revoke insert on accounts from course_app");
        Expect.equal("signUp when the application may not insert any more", "thrown 42501", outcome(clone, "fay@example.org", "fay", "team"), "Only what you know may become a result.");
        try (var connection = clone.app().connect()) {
            for (var constraint : List.of("one_email_per_plan", "no_handle_twice", "one_account_per_email_and_plan", "one_account_per_handle_", "no_plan_exists", "plan_exists_here",
                    "ONE_ACCOUNT_PER_EMAIL")) {
                for (var state : List.of("23503", "23505")) {
                    passesOn(connection, "what signUp throws when PostgreSQL reports " + state + " of a constraint " + constraint, reported(state, "something else", "", constraint),
                        "It is another one, whatever its name has in it.");
                }
            }
        }
    }

    @Test @Needs({"tellsWhatIsTaken", "explainsUnknownPlans", "explainsChecks"}) @Hint(1) @DisplayName("a server that speaks another language is understood")
    @Promises("any-language")
    void readsNoProse(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            says(connection, "Taken[what=handle]", "23505", "Kayıt zaten var", "one_account_per_handle");
            says(connection, "Taken[what=email]", "23505", "重複したキー値", "one_account_per_email");
            says(connection, "UnknownPlan[plan=free]", "23503", "Fremdschlüssel fehlt", "plan_exists");
            says(connection, "Invalid[constraint=email_has_an_at]", "23514", "refusé", "email_has_an_at");
            says(connection, "TryAgain[sqlState=40001]", "40001", "неудача: one_account_per_email", "");
            passesOn(connection, "what signUp throws when the words are those of a duplicate, but the code is P0001",
                reported("P0001", "duplicate key value violates unique constraint \"one_account_per_email\"", "", ""), "The words prove nothing.");
            passesOn(connection, "what signUp throws when the words are those of a deadlock, but the code is P0001",
                reported("P0001", "deadlock detected, 40P01, could not serialize access", "", ""), "The words prove nothing.");
        }
    }

    @Test @Needs("readsNoProse") @Hint(1) @DisplayName("people may type what sounds like a constraint")
    @Promises("any-language")
    void readsNothingTyped(Clone clone) throws Exception {
        Sql.execute(clone.owner(), "insert into accounts (email, handle, plan) values ('one_account_per_handle@(handle)=', 'one_account_per_email (email)=', 'free')");
        Expect.equal("signUp with the address one_account_per_handle@(handle)= once more", "Taken[what=email]",
            outcome(clone, "one_account_per_handle@(handle)=", "hal", "free"), "The message repeats what was typed.");
        Expect.equal("signUp with the handle \"one_account_per_email (email)=\" once more", "Taken[what=handle]",
            outcome(clone, "hal@example.org", "one_account_per_email (email)=", "free"), "The message repeats what was typed.");
        Expect.equal("signUp for the plan one_account_per_email", "UnknownPlan[plan=one_account_per_email]",
            outcome(clone, "hal@example.org", "hal", "one_account_per_email"), "The message repeats what was typed.");
    }

    @Test @Needs("throwsTheRest") @Fresh @Hint(2) @DisplayName("a refusal that names no constraint is not the user's problem")
    @Promises("as-it-came")
    void needsAName(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            for (var state : List.of("23514", "23505", "23503")) {
                passesOn(connection, "what signUp throws when PostgreSQL reports " + state + " of no constraint", reported(state, "refused", "", ""),
                    "A trigger can raise it, too. Which name would you give?");
            }
        }
        Sql.execute(clone.owner(), """
            create function refuse() returns trigger language plpgsql as $$
            begin
                raise exception 'email_has_an_at' using errcode = 'check_violation';
            end $$;
            create trigger refuse before insert on accounts for each row execute function refuse()""");
        Expect.equal("signUp when a trigger raises 23514", "thrown 23514", outcome(clone, "ida@example.org", "ida", "free"),
            "A trigger can raise it, too. Which name would you give?");
    }

    private static void says(Connection connection, String expected, String state, String message, String constraint) throws Exception {
        Expect.equal("signUp when the server says \"%s\", %s, %s".formatted(message, state, constraint.isEmpty() ? "of no constraint" : constraint), expected,
            outcome(connection, reported(state, message, "", constraint)), "Messages are translated. Codes and names are not.");
    }

    /** As the server sends it: code, words and names, each a field of its own. */
    private static PSQLException reported(String state, String message, String detail, String constraint) {
        return new PSQLException(new ServerErrorMessage("SHATA\0VERROR\0C" + state + "\0M" + message + (detail.isEmpty() ? "" : "\0D" + detail)
            + (constraint.isEmpty() ? "" : "\0spublic\0taccounts\0n" + constraint) + "\0"));
    }

    private static void passesOn(Connection connection, String what, Exception failure, String lookAt) {
        Expect.passesOn(what, failure, () -> {
            var result = SignUp.signUp(refusing(connection, failure), "eve@example.org", "eve", "free");
            Expect.equal(what, "that failure", "the result " + result, lookAt);
        }, lookAt);
    }

    private static String outcome(Connection connection, Exception failure) throws Exception {
        return outcome(refusing(connection, failure), "eve@example.org", "eve", "free");
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

    /** Whatever is executed on it fails. */
    private static Connection refusing(Connection real, Exception failure) {
        return (Connection) proxy(Connection.class, (method, arguments) -> switch (invoke(method, real, arguments)) {
            case CallableStatement statement -> refusing(CallableStatement.class, statement, failure);
            case PreparedStatement statement -> refusing(PreparedStatement.class, statement, failure);
            case Statement statement -> refusing(Statement.class, statement, failure);
            case null -> null;
            case Object result -> result;
        });
    }

    private static Object refusing(Class<? extends Statement> type, Statement real, Exception failure) {
        return proxy(type, (method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                throw failure;
            }
            return invoke(method, real, arguments);
        });
    }

    private interface Call {
        Object answer(Method method, Object[] arguments) throws Throwable;
    }

    private static Object proxy(Class<?> type, Call call) {
        return Proxy.newProxyInstance(SayWhatWentWrongTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> call.answer(method, arguments));
    }

    private static Object invoke(Method method, Object on, Object[] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

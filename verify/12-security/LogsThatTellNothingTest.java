import grading.*;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import lab.tls.ManInTheMiddle;
import org.junit.jupiter.api.*;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.util.PSQLException;

/** People ask for new passwords, and it goes well and wrong in many ways; then all that was written meanwhile is searched. */
class LogsThatTellNothingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final int IN_A_ROW = 6;
    private static final List<String> CONSTRAINTS = List.of("resets_email_once", "resets_token_once", "resets_email_form");
    private static final SecretKey KEY = key();
    private static List<Failure> failures = List.of(); // met once; each check looks at another side of them
    private static Optional<List<String>> logged = Optional.empty();

    @BeforeEach void noisy(Clone clone) throws SQLException {
        Sql.execute(clone.owner(), "truncate app.resets");
        Sql.execute(clone.owner(), "do $$ begin execute format('alter database %I set log_parameter_max_length_on_error = -1', current_database()); end $$");
        Sql.execute(clone.app(), "alter role current_user reset all"); // what a session before has made good helps none that was open already
    }

    @Test @Hint(1) @Promises("kept") @DisplayName("addresses are kept as they are, and found by their token")
    void keeps(Clone clone) throws Exception {
        var people = new People();
        try (var app = Sql.connect(clone.app())) {
            var requests = new ArrayList<Resets.Request>();
            for (var text : EdgeData.texts()) {
                requests.add(new Resets.Request("x" + text + "@" + people.data.word(9) + ".example", token()));
            }
            requests.add(new Resets.Request(" " + people.address() + " ", token()));
            requests.addAll(people.some(100));
            within("add, of " + requests.size() + " requests", () -> people.resets().add(app, requests));
            within("add, of no request", () -> people.resets().add(app, List.of()));
            Expect.table("What stands in email", emails(requests), Sql.query(clone.owner(), "select email from app.resets"), "As it is, letter by letter.");
            for (var request : requests) {
                Expect.equal("find, of a token that was added", Optional.of(request.email()), people.resets().find(app, request.token()), "Whose token is it?");
            }
        }
    }

    @Test @Hint(1) @Promises("kept") @DisplayName("a token that nobody has finds nobody")
    void findsNobody(Clone clone) throws Exception {
        var people = new People();
        try (var app = Sql.connect(clone.app())) {
            var last = "AaAa" + token().substring(4);
            people.all.add(new Resets.Request(people.address(), last));
            people.resets().add(app, people.all);
            for (var other : List.of(token(), "BBBB" + last.substring(4), "BBAa" + last.substring(4), last.substring(1), last + "A", last.toLowerCase(Locale.ROOT), "", "' or '1'='1")) {
                Expect.equal("find, of a token that nobody has", Optional.empty(), people.resets().find(app, other), "Two tokens that differ in a letter are two tokens.");
            }
            Expect.equal("find, in another process", Optional.of(people.all.getFirst().email()), OtherProcess.start(Elsewhere.class, Function.class).apply(List.of(KEY, app, last)),
                "Another process of the application has other statics.");
            Sql.execute(clone.owner(), "delete from app.resets");
            Expect.equal("find, of a token whose request is gone", Optional.empty(), people.resets().find(app, last), "What is not in the table is not there.");
        }
    }

    @Test @Needs("keeps") @Hint(1) @Promises("all-or-none") @DisplayName("all are added or none, and the caller hears why")
    void allOrNone(Clone clone, CloneLog log) throws Exception {
        for (var failure : failures(clone, log, new People())) {
            var state = failure.thrown() instanceof SQLException e ? "SQLSTATE " + e.getSQLState() : failure.thrown() == null ? "no failure" : failure.thrown().getClass().getName();
            Expect.equal(failure.what(), "SQLSTATE " + failure.sqlState(), state, "The caller decides by the SQLSTATE what to do.");
            Expect.equal(failure.what() + ": requests of the list that were added", 0L, failure.added(), "All or none.");
            Expect.equal(failure.what() + ": the connection", "", failure.connection(), "It is given back as it came.");
        }
    }

    @Test @Needs("allOrNone") @Hint(1) @Promises("all-or-none") @DisplayName("also where no SQLException ends it")
    void noneWhateverEndsIt(Clone clone) throws Exception {
        for (var failure : Arrays.asList(null, new IllegalStateException("a bug"), new StackOverflowError("an error"), new NoSuchElementException("none"))) {
            var people = new People();
            var requests = people.some(4);
            var broken = new AbstractList<Resets.Request>() {
                @Override public int size() {
                    return requests.size();
                }

                @Override public Resets.Request get(int index) {
                    if (index != 2) {
                        return requests.get(index);
                    }
                    if (failure != null) {
                        throw Faults.sneak(failure);
                    }
                    return null;
                }
            };
            var what = failure == null ? "add, of a list whose third request is null" : "add, of a list that throws " + failure + " in the place of its third request";
            try (var app = Sql.connect(clone.app())) {
                var before = Sql.number(clone.owner(), "select count(*) from app.resets");
                Expect.that(what, thrownBy(() -> people.resets().add(app, broken)) != null, "a failure", "none", "Not all of them can be added.");
                Expect.equal(what + ": requests of the list that were added", 0L, Sql.number(clone.owner(), "select count(*) from app.resets") - before, "All or none. Who rolls back, and after which failures?");
                Expect.equal(what + ": autocommit of the connection", true, app.getAutoCommit(), "It is given back as it came.");
            }
        }
    }

    @Test @Needs("keeps") @Hint(1) @Promises("token-stays") @DisplayName("no token goes to the server")
    void tokenStays(Clone clone) throws Exception {
        var people = new People();
        var requests = people.some(3);
        try (var man = ManInTheMiddle.listening(clone.app()); var app = Sql.connect(man.login())) {
            people.resets().add(app, requests);
            thrownBy(() -> people.resets().add(app, List.of(requests.get(1))));
            people.resets().find(app, requests.getFirst().token());
            for (var request : requests) {
                for (var shape : shapes(request.token())) {
                    Expect.that("What went by on the line to the server", !man.saw(shape), "no token", "a token, as " + shape,
                        "What the server never gets, it cannot log, today or after the next incident.");
                }
            }
            for (var stored : Sql.query(clone.owner(), "select encode(token, 'hex') from app.resets").values()) {
                Expect.that("What stands in token", requests.stream().flatMap(request -> shapes(request.token()).stream()).noneMatch(String.valueOf(stored.getFirst())::contains),
                    "no token", "\\x" + stored.getFirst(), "What the server never gets, it cannot log, today or after the next incident.");
            }
        }
    }

    @Test @Needs({"tokenStays", "findsNobody"}) @Hint(1) @Promises("kept") @DisplayName("nor does a token that stands for the same bytes find anybody")
    void findsNoTwin(Clone clone) throws Exception {
        var people = new People();
        try (var app = Sql.connect(clone.app())) {
            var request = people.some(1).getFirst();
            people.resets().add(app, List.of(request));
            var token = request.token();
            for (var twin : List.of(token + "=", token + " ", " " + token, token + "\n", token + "\r\n", "\n" + token, token + "\t", token + "\u00a0", token + "\u2028", token + "\u200b", token + "\0", token.substring(0, token.length() - 1) + (char) (token.charAt(token.length() - 1) ^ 1))) {
                Expect.equal("find, of a token that is another one by a letter at its end", Optional.empty(), people.resets().find(app, twin), "Two tokens that differ in a letter are two tokens.");
            }
        }
    }

    @Test @Needs("keeps") @Hint(1) @Promises("statements") @DisplayName("no address stands in a statement or in application_name")
    void statements(Clone clone) throws Exception {
        var people = new People();
        try (var app = Sql.connect(clone.app()); var rival = Sql.connect(clone.app()); var observer = Sql.connect(clone.observer())) {
            var seen = new CopyOnWriteArrayList<String>();
            int pid = Sql.pid(app);
            var watched = Watched.of(app, seen, new ArrayList<>(), () -> seen.addAll(activity(observer, pid)));
            people.resets().add(watched, people.some(3));
            people.resets().find(watched, people.all.getFirst().token());
            thrownBy(() -> people.resets().add(watched, List.of(people.all.getFirst())));
            var waiting = people.some(1);
            rival.setAutoCommit(false);
            Sql.execute(rival, "lock table app.resets in exclusive mode");
            var task = Task.start(() -> thrownBy(() -> people.resets().add(watched, waiting)));
            var waits = task.waitsForLock(clone, pid, PATIENCE);
            try (var other = Sql.connect(clone.observer())) {
                seen.addAll(activity(other, pid));
            }
            rival.rollback();
            task.outcome(PATIENCE);
            Expect.that("add, while somebody holds the table", waits, "it waits", "it does not", "The address goes into the table.");
            seen.addAll(activity(observer, pid));
            for (var text : seen) {
                tellsNothing("The text of a statement, or application_name", text, people.all, "A value is bound. And to whom is a name of use that has a customer in it?");
            }
        }
    }

    @Test @Needs("keeps") @Hint(2) @Promises("server-log") @DisplayName("the server logs no address and no token, whatever fails")
    void serverLog(Clone clone, CloneLog log) throws Exception {
        var failures = failures(clone, log, new People());
        // A server of somebody else shows nobody its log; what it says to the client of a failure is what it logs of it.
        var lines = logged.orElseGet(() -> failures.stream().flatMap(failure -> failure.said().stream()).toList());
        for (var failure : failures) {
            for (var line : lines) {
                tellsNothing("A line of the server's log (" + failure.what() + ")", line, failure.requests(), "Who wrote this line, and what made it do so?");
            }
        }
    }

    @Test @Needs("keeps") @Hint(2) @Promises("exceptions") @DisplayName("no exception tells an address or a token")
    void exceptions(Clone clone, CloneLog log) throws Exception {
        var people = new People();
        for (var failure : failures(clone, log, people)) {
            for (var text : told(failure.thrown())) {
                tellsNothing("What add throws (" + failure.what() + ")", text, failure.requests(), "Whoever logs it logs its message, its causes and all that hangs on it.");
            }
        }
        var request = people.some(1);
        try (var app = Sql.connect(clone.app()); var rival = Sql.connect(clone.app())) {
            people.resets().add(app, request);
            rival.setAutoCommit(false);
            Sql.execute(rival, "lock table app.resets in access exclusive mode");
            Sql.execute(app, "set statement_timeout = 150");
            for (var text : told(thrownBy(() -> people.resets().find(app, request.getFirst().token())))) {
                tellsNothing("What find throws (a statement timeout)", text, request, "Whoever logs it logs its message, its causes and all that hangs on it.");
            }
            rival.rollback();
        }
        tellsNothing("The toString of a Request", request.getFirst().toString(), request, "Somebody will log it, or a list of it.");
    }

    @Test @Hint(1) @Promises("fingerprint") @DisplayName("a fingerprint tells equal from different, and nothing else")
    void fingerprint() throws Exception {
        var people = new People();
        var addresses = new ArrayList<>(people.some(50).stream().map(Resets.Request::email).toList());
        var one = people.data.word(9);
        EdgeData.texts().forEach(text -> addresses.add("x" + text + "@" + one));
        addresses.addAll(List.of("AaAa@" + one, "BBBB@" + one, "AaBB@" + one, "BBAa@" + one, " " + one + "@x", one + "@x", one + "@X", one + "@x "));
        var prints = new ArrayList<String>();
        var elsewhere = OtherProcess.start(Elsewhere.class, Function.class);
        for (var address : addresses) {
            var print = people.resets().fingerprint(address);
            prints.add(print);
            Expect.that("The fingerprint of " + address, print.length() >= 16, "16 characters or more", print, "So few are soon equal for two addresses.");
            Expect.equal("The fingerprint of " + address + ", once more", print, new Resets(KEY, line -> { }).fingerprint(address), "It is to be found again tomorrow.");
            Expect.equal("The fingerprint of " + address + ", in another process", print, elsewhere.apply(List.of(KEY, address)), "Another process of the application has other statics.");
            Expect.that("The fingerprint of " + address + ", under another key", !print.equals(new Resets(key(), line -> { }).fingerprint(address)),
                "another one", print, "A hash that anybody can compute is tried with all addresses that there are.");
        }
        Expect.equal("Different fingerprints of " + addresses.size() + " addresses", (long) addresses.size(), prints.stream().distinct().count(), "Another address, another fingerprint.");
        for (var print : prints) { // it knows no token; and six of a token's letters stand in a long one by chance, once in a thousand runs
            showsNoAddress("A fingerprint", print, people.all, "It stands for the address, and does not show it.");
        }
    }

    @Test @Needs({"keeps", "allOrNone", "fingerprint"}) @Hint(2) @Promises("one-line") @DisplayName("the log has one line of each failure, and it is of use")
    void oneLine(Clone clone, CloneLog log) throws Exception {
        var people = new People();
        for (var failure : failures(clone, log, people)) {
            var what = "log, after add has failed (" + failure.what() + ")";
            Expect.equal(what + ": lines", 1L, failure.lines().stream().flatMap(line -> Stream.of(line.split("\\R", -1))).count(), "One failure, one line.");
            var line = failure.lines().getFirst();
            tellsNothing(what, line, failure.requests(), "This line goes to more people than the table does.");
            var fingerprint = failure.fingerprints().stream().filter(line::contains).findFirst().orElse("");
            Expect.that(what, !fingerprint.isEmpty(), "the fingerprint " + failure.fingerprints().getFirst(), line, "Operators must see that it is the same customer again.");
            for (var other : failure.fingerprintsOtherThan(fingerprint)) {
                Expect.that(what, !line.contains(other), "the fingerprint of no other request", line, "Which request was it?");
            }
            var rest = line.replace(fingerprint, "");
            Expect.that(what, rest.contains(failure.sqlState()), "the SQLSTATE " + failure.sqlState(), line, "Is it worth another try? The SQLSTATE says it.");
            Expect.equal(what + ": constraints", failure.constraint().isEmpty() ? List.of() : List.of(failure.constraint()),
                CONSTRAINTS.stream().filter(rest::contains).toList(), "Which constraint was violated? In what it logs, " + line);
        }
        try (var app = Sql.connect(clone.app())) {
            people.resets().add(app, people.some(3));
            Expect.equal("log, after add has worked", List.of(), people.lines, "Nothing happened that anybody must look at.");
        }
    }

    /** The answer in another process: the first is the key; then the address for its fingerprint, or connection and token to find. */
    static final class Elsewhere implements Function<List<?>, Object> {
        @Override public Object apply(List<?> arguments) {
            var resets = new Resets((SecretKey) arguments.getFirst(), line -> { });
            try {
                return arguments.get(1) instanceof Connection app ? resets.find(app, (String) arguments.getLast()) : resets.fingerprint((String) arguments.getLast());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Requests of people whom nobody can have foreseen, and what is logged of them. */
    private static final class People {
        final RandomData data = RandomData.create();
        final List<Resets.Request> all = new ArrayList<>();
        final List<String> lines = new CopyOnWriteArrayList<>();

        Resets resets() {
            return new Resets(KEY, lines::add);
        }

        List<Resets.Request> some(int count) {
            var some = new ArrayList<Resets.Request>();
            for (int i = 0; i < count; i++) {
                some.add(new Resets.Request(address(), token()));
            }
            all.addAll(some);
            return List.copyOf(some);
        }

        String address() {
            return data.word(8) + "." + data.word(7) + "@" + data.word(10) + ".example";
        }
    }

    /**
     * How add ended that could not work.
     *
     * @param thrown     null where nothing was thrown
     * @param added      how many requests of the list stand in the table
     * @param connection what is wrong with the connection afterwards; empty where nothing is
     * @param said       what PostgreSQL said of its failures
     */
    private record Failure(String what, String sqlState, String constraint, Resets.Request atFault, List<Resets.Request> requests, Throwable thrown,
                           List<String> lines, long added, String connection, List<String> said) {
        /** Of the request at fault; of two with the same token it is the one that came second, and the answer chooses in which order they come. */
        List<String> fingerprints() {
            var twin = requests.stream().filter(request -> request != atFault && request.token().equals(atFault.token()));
            return Stream.concat(Stream.of(atFault), twin).map(request -> new Resets(KEY, line -> { }).fingerprint(request.email())).toList();
        }

        List<String> fingerprintsOtherThan(String fingerprint) {
            var resets = new Resets(KEY, line -> { });
            return requests.stream().map(request -> resets.fingerprint(request.email())).filter(print -> !print.equals(fingerprint)).toList();
        }
    }

    /** What goes wrong while add works on a connection. */
    private interface Trouble {
        Throwable meet(Connection lent, int pid, Connection rival, Expect.Work add) throws Exception;
    }

    private static List<Failure> failures(Clone clone, CloneLog log, People people) throws Exception {
        if (failures.isEmpty()) {
            var met = new ArrayList<Failure>();
            logged = log.during(() -> met.addAll(meet(clone, people)));
            failures = List.copyOf(met);
        }
        return failures;
    }

    private static List<Failure> meet(Clone clone, People people) throws Exception {
        var failures = new ArrayList<Failure>();
        Trouble none = (lent, pid, rival, add) -> thrownBy(add);
        var late = people.some(1).getFirst();
        failures.add(failure(clone, "a statement timeout", "57014", "", late, List.of(), 0, (lent, pid, rival, add) -> {
            adds(rival, late);
            Sql.execute(lent, "set statement_timeout = 150");
            return thrownBy(add);
        }));
        var known = people.some(1).getFirst();
        try (var app = Sql.connect(clone.app())) {
            people.resets().add(app, List.of(known));
        }
        var again = new Resets.Request(known.email(), token());
        failures.add(failure(clone, "an address that is there", "23505", "resets_email_once", again, people.some(2), 1, none));
        var first = people.some(1).getFirst();
        failures.add(failure(clone, "an address twice in the list", "23505", "resets_email_once", new Resets.Request(first.email(), token()), List.of(first), 1, none));
        for (var malformed : List.of(people.data.word(20), "@" + people.data.word(20), "@" + people.data.word(20) + "@" + people.data.word(9) + ".example", "")) {
            failures.add(failure(clone, "an address that is none", "23514", "resets_email_form", new Resets.Request(malformed, token()), people.some(2), people.data.number(0, 2), none));
        }
        failures.add(failure(clone, "a token that is there", "23505", "resets_token_once", new Resets.Request(people.address(), known.token()), people.some(2), 2, none));
        var twice = people.some(1).getFirst();
        failures.add(failure(clone, "a token twice in the list", "23505", "resets_token_once", new Resets.Request(people.address(), twice.token()), List.of(twice), 1, none));
        var wanted = people.some(1).getFirst();
        failures.add(failure(clone, "an address that somebody else adds at this moment", "23505", "resets_email_once", wanted, people.some(1), 1, (lent, pid, rival, add) -> {
            adds(rival, wanted);
            var task = Task.start(() -> thrownBy(add));
            var waits = task.waitsForLock(clone, pid, PATIENCE);
            rival.commit();
            var thrown = thrown(task);
            Expect.that("add, while somebody else adds the same address", waits, "it waits for the other's end", "it does not", "Nobody knows yet whether it will be there.");
            return thrown;
        }));
        var killed = people.some(1).getFirst();
        failures.add(failure(clone, "a backend that is killed", "57P01", "", killed, List.of(), 0, (lent, pid, rival, add) -> {
            adds(rival, killed);
            var task = Task.start(() -> thrownBy(add));
            task.waitsForLock(clone, pid, PATIENCE);
            Faults.kill(clone, pid);
            return thrown(task);
        }));
        return failures;
    }

    /** The same address; who adds it as well waits for the end, in the middle of the statement and with its parameters. */
    private static void adds(Connection rival, Resets.Request request) throws SQLException {
        Rows.query(rival, "insert into app.resets (email, token) values (?, uuid_send(gen_random_uuid())) returning 1", request.email());
    }

    /** @param at where among the others the request stands at which add fails */
    private static Failure failure(Clone clone, String what, String sqlState, String constraint, Resets.Request atFault, List<Resets.Request> others, int at, Trouble trouble)
            throws Exception {
        var requests = new ArrayList<>(others);
        requests.add(at, atFault);
        var lines = new CopyOnWriteArrayList<String>();
        var said = new CopyOnWriteArrayList<String>();
        try (var app = Sql.connect(clone.app()); var rival = Sql.connect(clone.app())) {
            rival.setAutoCommit(false);
            var lent = Watched.of(app, said, said, () -> { });
            var thrown = trouble.meet(lent, Sql.pid(app), rival, () -> new Resets(KEY, lines::add).add(lent, List.copyOf(requests)));
            rival.rollback();
            long added = 0;
            for (var request : others) {
                added += Sql.number(clone.owner(), "select count(*) from app.resets where email = ?", request.email());
            }
            var reset = sqlState.equals("57P01") && thrown instanceof SQLException e && "08006".equals(e.getSQLState()); // the driver could read no more
            return new Failure(what, reset ? "08006" : sqlState, constraint, atFault, List.copyOf(requests), thrown, List.copyOf(lines), added, state(app), List.copyOf(said));
        }
    }

    private static String state(Connection app) throws SQLException {
        if (app.isClosed()) {
            return "";
        }
        return (app.getAutoCommit() ? "" : "autocommit is off ")
            + (app.unwrap(BaseConnection.class).getTransactionState() == TransactionState.IDLE ? "" : "a transaction is open");
    }

    private static Throwable thrownBy(Expect.Work work) throws Exception {
        try {
            within("add comes to its end", work);
            return null;
        } catch (Mismatch e) {
            throw e;
        } catch (Exception | Error e) {
            return e;
        }
    }

    private static Throwable thrown(Task<Throwable> task) throws Exception {
        return switch (task.outcome(PATIENCE)) {
            case Task.Outcome.Value<Throwable>(var thrown) -> thrown;
            case Task.Outcome.Failed<Throwable>(Mismatch failure) -> throw failure;
            case Task.Outcome<Throwable> other -> new IllegalStateException(other.toString());
        };
    }

    /** All texts of an exception and of what hangs on it. */
    private static List<String> told(Throwable thrown) {
        var texts = new ArrayList<String>();
        tell(thrown, texts, Collections.newSetFromMap(new IdentityHashMap<>()));
        return texts;
    }

    private static void tell(Throwable thrown, List<String> texts, Set<Throwable> seen) {
        if (thrown == null || !seen.add(thrown)) {
            return;
        }
        texts.add(String.valueOf(thrown.getMessage()));
        texts.add(String.valueOf(thrown.getLocalizedMessage()));
        texts.addAll(saidIn(thrown));
        tell(thrown.getCause(), texts, seen);
        for (var suppressed : thrown.getSuppressed()) {
            tell(suppressed, texts, seen);
        }
        if (thrown instanceof SQLException e) {
            tell(e.getNextException(), texts, seen);
        }
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        texts.add(trace.toString());
    }

    /** What PostgreSQL itself says in an exception. */
    private static List<String> saidIn(Throwable thrown) {
        return thrown instanceof PSQLException p && p.getServerErrorMessage() != null
            ? Stream.of(p.getServerErrorMessage().getMessage(), p.getServerErrorMessage().getDetail(), p.getServerErrorMessage().getHint(),
                p.getServerErrorMessage().getWhere(), p.getServerErrorMessage().getInternalQuery()).map(String::valueOf).toList()
            : List.of();
    }

    private static List<String> activity(Connection observer, int pid) throws SQLException {
        return Rows.query(observer, "select query, application_name from pg_stat_activity where pid = ?", pid).values().stream()
            .flatMap(List::stream).map(String::valueOf).toList();
    }

    private static void tellsNothing(String where, String text, List<Resets.Request> requests, String lookAt) {
        showsNoAddress(where, text, requests, lookAt);
        for (var request : requests) {
            Expect.that(where, !shows(text, request.token()) && shapes(request.token()).stream().noneMatch(text::contains), "no token", text, lookAt);
        }
    }

    private static void showsNoAddress(String where, String text, List<Resets.Request> requests, String lookAt) {
        for (var request : requests) {
            Expect.that(where, !shows(text, request.email().replace(".example", "")), "no address", text, lookAt);
        }
    }

    /** Whether six letters in a row of a secret stand there, as they are or in hexadecimal digits, or base 64 of its beginning. */
    private static boolean shows(String text, String secret) {
        var lower = text.toLowerCase(Locale.ROOT);
        for (int i = 0; i + IN_A_ROW <= secret.length(); i++) {
            var part = secret.substring(i, i + IN_A_ROW);
            var bytes = part.getBytes(StandardCharsets.UTF_8);
            if (lower.contains(part.toLowerCase(Locale.ROOT)) || lower.contains(HexFormat.of().formatHex(bytes)) || i == 0 && text.contains(Base64.getEncoder().encodeToString(bytes))) {
                return true;
            }
        }
        return false;
    }

    /** As it may go by: as it is, and the bytes that it stands for, each in hexadecimal digits and in base 64. */
    private static List<String> shapes(String token) {
        var texts = new ArrayList<>(List.of(token));
        for (var bytes : List.of(token.getBytes(StandardCharsets.UTF_8), Base64.getUrlDecoder().decode(token))) {
            texts.addAll(List.of(HexFormat.of().formatHex(bytes), HexFormat.of().withUpperCase().formatHex(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes), Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
        }
        return texts;
    }

    private static String token() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static SecretKey key() {
        try {
            return KeyGenerator.getInstance("HmacSHA256").generateKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Rows emails(List<Resets.Request> requests) {
        var rows = Rows.columns("email");
        for (var request : requests) {
            rows = rows.row(request.email());
        }
        return rows;
    }

    private static void within(String what, Expect.Work work) throws Exception {
        Expect.within(what, PATIENCE, () -> {
            work.run();
            return null;
        });
    }

    /** A connection that writes down the text of each statement, and what PostgreSQL says of its failures. */
    private static final class Watched {
        private final List<String> texts;
        private final List<String> said;
        private final Expect.Work afterEach;

        private Watched(List<String> texts, List<String> said, Expect.Work afterEach) {
            this.texts = texts;
            this.said = said;
            this.afterEach = afterEach;
        }

        static Connection of(Connection real, List<String> texts, List<String> said, Expect.Work afterEach) {
            return (Connection) new Watched(texts, said, afterEach).wrapped(real, Connection.class);
        }

        private Object wrapped(Object real, Class<?> type) {
            return Proxy.newProxyInstance(LogsThatTellNothingTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                if (arguments != null && arguments[0] instanceof String sql && method.getName().matches("prepare.*|execute.*|addBatch|nativeSQL")) {
                    texts.add(sql);
                }
                try {
                    var result = method.invoke(real, arguments);
                    if (real instanceof Statement && method.getName().startsWith("execute")) {
                        afterEach.run();
                    }
                    return result instanceof Statement && Statement.class.isAssignableFrom(method.getReturnType()) ? wrapped(result, method.getReturnType()) : result;
                } catch (InvocationTargetException e) {
                    for (var at = e.getCause(); at != null; at = at.getCause()) {
                        said.addAll(saidIn(at));
                    }
                    throw e.getCause();
                }
            });
        }
    }
}

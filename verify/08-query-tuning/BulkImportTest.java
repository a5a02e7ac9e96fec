import grading.*;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.*;

/** Judges 08.4 by the rows, by a second import at the same time, and by counting executions. */
class BulkImportTest {
    private static final Duration STUCK = Duration.ofSeconds(15);
    private static final String ROWS = "select id, email, name, ctid::text, xmin::text from people where id <= ? order by id";
    private WatchedDataSource watched;
    private Connection own;

    @BeforeEach void begin(Clone clone) throws Exception {
        watched = new WatchedDataSource(clone.app());
        own = Sql.connect(clone.app());
    }

    @AfterEach void end() throws Exception {
        watched.close();
        own.close();
    }

    @Test @Promises("counts") @DisplayName("new people are inserted and counted")
    void inserts() throws Exception {
        Expect.equal("Importing 3 new people", new Import.Result(3, 0), run(List.of(person("a@x.io", "Ann"), person("b@x.io", "Bob"), person("c@x.io", "Cat"))), "Everybody is new.");
        Expect.table("People who were imported", Rows.columns("email", "name").row("a@x.io", "Ann").row("b@x.io", "Bob").row("c@x.io", "Cat"),
            Rows.query(own, "select email, name from people where email like '%x.io'"), "Is it committed?");
        Expect.equal("Importing nobody", new Import.Result(0, 0), run(List.of()), "An empty file is a file.");
    }

    @Test @Needs("inserts") @Promises("letter-by-letter") @DisplayName("e-mails and names come in letter by letter")
    void keepsEachLetter() throws Exception {
        var people = new ArrayList<Import.Person>();
        var expected = Rows.columns("email", "name");
        for (var text : EdgeData.texts().stream().filter(text -> text.length() < 100).toList()) {
            var person = person(text + people.size() + "@Letters.io", text.isBlank() ? "x" + text + "x" : text + " ");
            people.add(person);
            expected = expected.row(person.email(), person.name());
        }
        var control = IntStream.range(1, 0x20).mapToObj(c -> (char) c + "c").collect(Collectors.joining());
        people.add(person("control@Letters.io", control));
        expected = expected.row("control@Letters.io", control);
        people.add(person("\\N", "\\N"));
        expected = expected.row("\\N", "\\N");
        Expect.equal("Importing " + people.size() + " new people", new Import.Result(people.size(), 0), run(people), "Everybody is new, however odd the name.");
        Expect.table("People who were imported", expected, Rows.query(own, "select email, name from people where email like '%Letters.io' or email = '\\N'"), "Each letter as it is in the file.");
    }

    @Test @Needs("inserts") @Hint(1) @Promises({"skips-known", "counts"}) @DisplayName("people who are there already are skipped and counted, and stay as they are")
    void skips() throws Exception {
        var before = Rows.query(own, ROWS, 300L);
        Expect.equal("Importing 4 people, 2 of whom are in the table", new Import.Result(2, 2), run(List.of(person("person1@example.com", "New 1"), person("new@x.io", "New"),
            person("PERSON2@example.com", "New 2"), person("other@x.io", "Other"))), "Who is there is skipped. Case makes no difference.");
        Expect.table("Their rows, with place (ctid) and transaction (xmin)", before, Rows.query(own, ROWS, 300L), "Who was there stays as he is, and is not written again.");
    }

    @Test @Needs("skips") @Hint(1) @Promises({"first-of-the-file", "counts"}) @DisplayName("the first of those with one e-mail in the file is imported")
    void takesTheFirst() throws Exception {
        Expect.equal("Importing 7 people with 3 e-mails, 1 of them in the table", new Import.Result(2, 5), run(List.of(person("twice@x.io", "First"), person("Twice@x.io", "Second"),
            person("Once@x.io", "Once"), person("twice@x.io", "Third"), person("TWICE@x.io", "Fourth"), person("person3@example.com", "a"), person("person3@Example.com", "b"))),
            "Whoever is not inserted is skipped.");
        Expect.table("Who has the e-mails", Rows.columns("email", "name").row("twice@x.io", "First").row("Once@x.io", "Once").row("person3@example.com", "Old 3"),
            Rows.query(own, "select email, name from people where lower(email) in ('twice@x.io', 'once@x.io', 'person3@example.com')"), "Who comes first in the file?");
    }

    @Test @Needs("takesTheFirst") @Promises({"first-of-the-file", "counts"}) @DisplayName("what lower leaves apart makes two e-mails, in whatever letters")
    void tellsLettersApart() throws Exception {
        // Java makes other e-mails of some of them than PostgreSQL does.
        var emails = List.of("iris@apart.io", "\u0131r\u0131s@apart.io", "\u0130ris@apart.io", "i\u0307ris@apart.io", "s@apart.io", "\u017f@apart.io", "\u00b5@apart.io", "\u03bc@apart.io",
            "\u03c3@apart.io", "\u03c2@apart.io", "e@apart.io", "\u00e9@apart.io", "\u03bf\u03b4\u03bf\u03c2@apart.io", "\u039f\u0394\u039f\u03a3@apart.io", "kim@apart.io", "\u212aim@apart.io");
        var people = emails.stream().map(email -> person(email, "Has " + email)).toList();
        var expected = Rows.query(own, "select email, 'Has ' || email as name from (select distinct on (lower(email)) email "
            + "from unnest(string_to_array(?, ' ')) with ordinality file(email, line) order by lower(email), line) f", String.join(" ", emails));
        int inserted = expected.values().size();
        Expect.equal("Importing " + people.size() + " people whose e-mails look alike", new Import.Result(inserted, people.size() - inserted), run(people), "What does lower(email) say? The index of the table goes by it.");
        Expect.table("People who were imported", expected, Rows.query(own, "select email, name from people where email like '%apart.io'"), "Who is new for the table is imported.");
    }

    @Test @Needs("takesTheFirst") @Promises({"skips-known", "first-of-the-file", "counts"}) @DisplayName("any file is imported as it should be, in any locale")
    void importsAnyFile() throws Exception {
        var random = RandomData.create();
        Environments.inEveryLocale(where -> {
            var there = Rows.query(own, "select email, name from people");
            var known = new HashSet<>(there.values().stream().map(row -> row.getFirst().toString().toLowerCase(Locale.ROOT)).toList());
            var people = new ArrayList<Import.Person>();
            var expected = there;
            int inserted = 0;
            for (int i = 0; i < 60; i++) {
                var email = "info" + (random.coin() ? random.number(1, 20) : random.word(2)) + "@" + (random.coin() ? "example.com" : "Mini.io");
                people.add(person(random.coin() ? email : email.toUpperCase(Locale.ROOT), random.word(5)));
                if (known.add(email.toLowerCase(Locale.ROOT))) {
                    expected = expected.row(people.getLast().email(), people.getLast().name());
                    inserted++;
                }
            }
            Expect.equal("Importing 60 people, " + inserted + " of them new, " + where, new Import.Result(inserted, 60 - inserted), run(people), "Case makes no difference, wherever you are.");
            Expect.table("People in the table afterwards, " + where, expected, Rows.query(own, "select email, name from people"), "The first of each e-mail, whoever was there before, and no one else.");
        });
    }

    @Test @Needs("inserts") @Promises("all-or-nothing") @DisplayName("if one is refused nobody is imported, and the caller sees why")
    void allOrNothing() throws Exception {
        var before = count();
        for (int bad : new int[] {0, 1700, 2999}) {
            var people = many("bad", 3000);
            people.set(bad, person("blank@x.io", "  "));
            Expect.sqlState("Importing 3000 people, of whom number " + (bad + 1) + " has a blank name", "23514", () -> run(people), "The check of the table must reach the caller.");
            Expect.equal("People in the table afterwards", before, count(), "All, or nothing.");
        }
    }

    @Test @Fresh @Needs("allOrNothing") @Promises("all-or-nothing") @DisplayName("whatever goes wrong, nobody is imported, and the caller sees it")
    void whateverGoesWrong(Clone clone) throws Exception {
        for (var bad : new Import.Person[] {null, person(null, "Nobody"), person("nameless@x.io", null)}) {
            var people = many("bad", 10_000);
            people.set(9_999, bad);
            Expect.that("Importing 10 000 people, the last of whom is " + bad, fails(clone, people), "an exception", "none", "The caller must hear of it.");
            Expect.equal("People in the table afterwards", 300L, Sql.number(clone.app(), "select count(*) from people"), "All, or nothing. Which failures does your code expect?");
        }
        Sql.execute(clone.owner(), """
            create function late() returns trigger language plpgsql as $$ begin raise 'too late' using errcode = '23514'; end $$;
            create constraint trigger late after insert on people deferrable initially deferred for each row execute function late()""");
        Expect.that("Importing people, when the commit fails", fails(clone, many("bad", 3)), "an exception", "none", "The commit may fail like any other call.");
    }

    @Test @Fresh @Needs("whateverGoesWrong") @Promises("all-or-nothing") @DisplayName("be it that the file cannot be read to its end")
    void theFileBreaksOff(Clone clone) throws Exception {
        for (var failure : List.of(new IllegalStateException("the partner's file breaks off"), new StackOverflowError("an error"), new UncheckedIOException(new IOException("the disk")))) {
            var people = many("bad", 10_000);
            var file = new AbstractList<Import.Person>() {
                @Override public int size() {
                    return people.size();
                }

                @Override public Import.Person get(int index) {
                    if (index == 9_500) {
                        throw Faults.sneak(failure);
                    }
                    return people.get(index);
                }
            };
            Expect.that("Importing 10 000 people, where number 9501 throws " + failure, fails(clone, file), "a failure", "none", "The caller must hear of it.");
            Expect.equal("People in the table afterwards", 300L, Sql.number(clone.app(), "select count(*) from people"), "All, or nothing. Which failures does your code expect?");
        }
    }

    @Test @Needs("skips") @Hint(1) @Promises({"ten-executions", "counts"}) @DisplayName("ten thousand people take at most ten executions")
    void sendsFewStatements() throws Exception {
        for (int many : new int[] {10, 10_000}) {
            var before = watched.executions();
            var count = count();
            var result = run(many("person" + many + "-", many));
            var executions = watched.executions() - before;
            Expect.that("Executions for " + many + " people", executions <= 10, "at most 10", executions, "Each of them waits for an answer.");
            Expect.equal("Importing " + many + " new people", new Import.Result(many, 0), result, "Count them all.");
            Expect.equal("People in the table afterwards", count + many, count(), "Is it committed?");
        }
    }

    @Test @Needs("takesTheFirst") @Hint(1) @Promises({"other-import", "counts"}) @DisplayName("who is inserted by another import at the same time is skipped")
    void bearsAnotherImport(Clone clone) throws Exception {
        Sql.execute(own, "begin; insert into people (email, name) values ('both@x.io', 'The other');"
            + "insert into people (email, name) select n || '@other.io', 'Of the other' from generate_series(1, 10) n");
        var task = Task.start(() -> run(List.of(person("mine@x.io", "Mine"), person("Both@x.io", "Mine, too"))));
        waits(clone, task);
        Sql.execute(own, "commit");
        Expect.equal("The import, after the other one was committed", new Task.Outcome.Value<>(new Import.Result(1, 1)), task.outcome(STUCK),
            "One is new, the other one is taken by now. Between a look and an insert there is a moment.");
        Expect.table("Who has the e-mail", Rows.columns("name").row("The other"), Rows.query(own, "select name from people where lower(email) = 'both@x.io'"), "The first one has it.");
    }

    @Test @Needs("bearsAnotherImport") @Hint(1) @Promises("other-import") @DisplayName("who another import gives up is imported")
    void bearsAnotherImportThatFails(Clone clone) throws Exception {
        Sql.execute(own, "begin; insert into people (email, name) values ('given-up@x.io', 'The other')");
        var task = Task.start(() -> run(List.of(person("kept@x.io", "Mine"), person("Given-up@x.io", "Mine, too"))));
        waits(clone, task);
        Sql.execute(own, "rollback");
        Expect.equal("The import, after the other one was rolled back", new Task.Outcome.Value<>(new Import.Result(2, 0)), task.outcome(STUCK), "Both are new after all.");
        Expect.table("Who has the e-mail", Rows.columns("name").row("Mine, too"), Rows.query(own, "select name from people where lower(email) = 'given-up@x.io'"), "Nobody else has it.");
    }

    @Test @Needs("bearsAnotherImport") @Promises("other-import") @DisplayName("another import is waited for, were it for ten seconds")
    void isPatient(Clone clone) throws Exception {
        try (var limits = TimeLimits.in(clone, "people", "name")) {
            run(List.of(person("patient@x.io", "Mine")));
            var wait = Long.parseLong((String) Rows.query(own, "select name from people where email = 'patient@x.io'").values().getFirst().getFirst());
            Expect.that("Milliseconds that the import would wait for another one, by the time limits of its session", wait >= 10_000, "at least 10000", wait, "Who set a limit, and what becomes of the import then?");
        }
        var timeouts = new QueryTimeouts();
        Sql.execute(own, "begin; insert into people (email, name) values ('late@x.io', 'The other')");
        var task = Task.start(() -> Import.run(timeouts.shortened(watched.source()), List.of(person("late@x.io", "Mine, too"))));
        waits(clone, task);
        timeouts.letPass(task);
        Sql.execute(own, "rollback");
        Expect.equal("The import, after the other one was rolled back, however late", new Task.Outcome.Value<>(new Import.Result(1, 0)), task.outcome(STUCK),
            "Who set a limit, and what becomes of the import then?");
    }

    @Test @Needs("allOrNothing") @Promises("closes") @DisplayName("no connection stays open")
    void closesItsConnection() throws Exception {
        run(List.of(person("closed@x.io", "Closed")));
        Expect.equal("Connections still open after an import", 0, watched.open(), "Who closes what was borrowed?");
        try {
            run(List.of(person("blank@x.io", " ")));
        } catch (SQLException e) {
            Expect.equal("Connections still open after an import that failed", 0, watched.open(), "Who closes what was borrowed, when a person is refused?");
        }
    }

    @Test @Needs({"closesItsConnection", "theFileBreaksOff"}) @Promises("closes") @DisplayName("whatever failed, be it no SQLException")
    void closesAfterAnyFailure(Clone clone) throws Exception {
        for (var failure : List.of(new IllegalStateException("a bug"), new StackOverflowError("an error"))) {
            for (var failing : List.of("prepareStatement", "createStatement", "createArrayOf", "setAutoCommit", "commit", "unwrap")) {
                try (var there = new WatchedDataSource(clone.app(), method -> {
                    if (method.equals(failing)) {
                        throw Faults.sneak(failure);
                    }
                })) {
                    Task.start(() -> Import.run(there.source(), many(failing, 3))).outcome(STUCK);
                    Expect.equal("Connections still open, after " + failing + " threw " + failure, 0, there.open(), "Who closes what was borrowed, whatever fails?");
                }
            }
        }
    }

    private static Import.Person person(String email, String name) {
        return new Import.Person(email, name);
    }

    private static List<Import.Person> many(String name, int count) {
        return new ArrayList<>(IntStream.rangeClosed(1, count).mapToObj(n -> person(name + n + "@example.com", "Person " + n)).toList());
    }

    private Import.Result run(List<Import.Person> people) throws Exception {
        return Expect.within("The import", STUCK, () -> Import.run(watched.source(), people));
    }

    @Test @Needs("whateverGoesWrong") @Promises("all-or-nothing") @DisplayName("a rollback or a close that fails does not hide the failure before it")
    void seesTheFirstFailure(Clone clone) throws Exception {
        for (var method : List.of("rollback", "close")) {
            seesTheFirstFailure(clone, method, new SQLException("the network went away", "08006"), "fails as well");
        }
    }

    @Test @Needs("seesTheFirstFailure") @Promises({"all-or-nothing", "closes"}) @DisplayName("nor does one that fails with an unchecked exception or an Error")
    void seesTheFirstFailureOfAnyKind(Clone clone) throws Exception {
        for (var method : List.of("rollback", "close")) {
            for (var later : List.of(new IllegalStateException("a bug of the pool"), new AssertionError("an error of the pool"))) {
                int open = seesTheFirstFailure(clone, method, later, "throws " + later);
                Expect.equal("Connections still open, after " + method + " threw " + later, 0, open, "Is there a moment at which nobody would close it?");
            }
        }
    }

    /** @return how many connections are still open */
    private static int seesTheFirstFailure(Clone clone, String method, Throwable later, String what) throws SQLException {
        try (var failing = new WatchedDataSource(clone.app(), called -> {
            if (called.equals(method)) {
                throw Faults.sneak(later);
            }
        })) {
            Expect.sqlState("Importing two people, of whom one has a blank name, where " + method + " " + what, "23514",
                () -> Import.run(failing.source(), List.of(person("first@x.io", "First"), person("blank@x.io", "  "))), "The check of the table must reach the caller.");
            return failing.open();
        }
    }

    private static boolean fails(Clone clone, List<Import.Person> people) throws Exception {
        try (var there = new WatchedDataSource(clone.app())) {
            return Task.start(() -> Import.run(there.source(), people)).outcome(STUCK) instanceof Task.Outcome.Failed<Import.Result>;
        }
    }

    private long count() throws SQLException {
        return ((Number) Rows.query(own, "select count(*) from people").values().getFirst().getFirst()).longValue();
    }

    private static void waits(Clone clone, Task<?> task) throws Exception {
        try (var observer = Sql.connect(clone.observer())) {
            Task.until(STUCK, () -> task.isDone() || !Rows.query(observer, "select pid from pg_stat_activity where datname = current_database() "
                + "and cardinality(pg_blocking_pids(pid)) > 0").values().isEmpty());
        }
        Expect.that("The import, while the other one is not committed", !task.isDone(), "waits for it", "does not", "Whether the e-mail is taken is not decided yet.");
    }
}

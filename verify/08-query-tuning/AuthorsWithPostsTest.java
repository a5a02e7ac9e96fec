import grading.*;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.*;

/** Judges 08.1 by what comes, and by what a data source and the server saw go by. */
class AuthorsWithPostsTest {
    private static final Duration STUCK = Duration.ofSeconds(15);
    private static final long FIRST_LETTERS = 2_000_000_000L;
    private static final long NOBODY = 3_000_000_000L;
    /** All that there is, read in the plainest way, once for all checks. */
    private static final Map<Long, Authors.Author> ALL = new HashMap<>();
    private static Clone source;
    private WatchedDataSource watched;

    @BeforeEach void begin(Clone clone) throws Exception {
        watched = new WatchedDataSource(clone.app());
        if (!clone.equals(source)) {
            read(clone);
        }
    }

    @AfterEach void end() throws Exception {
        watched.close();
    }

    @Test @Hint(2) @Promises({"order-of-ids", "no-posts"}) @DisplayName("the authors come in the order that was asked for")
    void loads() throws Exception {
        for (var ids : List.of(List.of(17L, 3L, 1999L, 5L, 1L), List.of(2000L, 10L, 11L), List.of(4L))) {
            Expect.equal("Authors for the ids " + ids, names(expected(ids)), names(load(ids)),
                "Whose order is it: the list's, or the one in which the rows came? And who wrote nothing is an author, too.");
        }
    }

    @Test @Needs("loads") @Hint(2) @Promises("no-posts") @DisplayName("authors without posts have an empty list")
    void hasAuthorsWithoutPosts() throws Exception {
        for (var author : load(List.of(10L, 11L, 2000L))) {
            Expect.equal("Posts of " + author.name(), ALL.get(author.id()).posts(), author.posts(), "Who wrote nothing has an empty list.");
        }
    }

    @Test @Needs("loads") @Hint(2) @Promises("unknown-ids") @DisplayName("ids that nobody has are left out, and no ids give no authors")
    void leavesOutTheUnknown() throws Exception {
        var ids = new ArrayList<>(List.of(5000L, 2L, -2L, 0L, NOBODY));
        ids.addAll(EdgeData.numbers().stream().filter(id -> !ids.contains(id)).toList());
        Expect.equal("Authors for the ids " + ids, names(expected(ids)), names(load(ids)), "Whoever is not there is left out. How great may an id be?");
        Expect.equal("Authors for no ids", List.of(), load(List.of()), "An empty list is a list.");
    }

    @Test @Needs("loads") @Hint(2) @Promises("newest-first") @DisplayName("their posts come the newest first")
    void hasTheNewestFirst() throws Exception {
        same("", List.of(17L, 3L, 1999L, 5L, 1L));
        same("", List.of(6L, 5_000_000_000L));
    }

    @Test @Needs("hasTheNewestFirst") @Promises("newest-first") @DisplayName("in the night when the clocks go back the order is right as well")
    void knowsInstants(Clone clone) throws Exception {
        Environments.inEveryTimeZone(where -> {
            try (var there = new WatchedDataSource(clone.app())) {
                same(" " + where, there, List.of(7L, 5L));
            }
        });
    }

    @Test @Needs("loads") @Hint(2) @Promises("letter-by-letter") @DisplayName("names and titles come letter by letter")
    void keepsEachLetter(Clone clone) throws Exception {
        try (var owner = Sql.connect(clone.owner()); var author = owner.prepareStatement("insert into authors values (?, ?)");
             var post = owner.prepareStatement("insert into posts values (?, ?, ?, '2026-01-01Z')")) {
            long id = FIRST_LETTERS;
            var texts = new ArrayList<>(EdgeData.texts().stream().filter(text -> text.length() < 100).toList());
            // Whatever might separate one from the next.
            texts.add(IntStream.range(1, 0x20).mapToObj(c -> (char) c + "c").collect(Collectors.joining()));
            texts.add("\u007f \u0080 \u00a0 \u00a7 \u00b6 \u241e \u241f \u2028 \u2029 \ue000 \ufeff \ufffd \uffff \udbff\udffd");
            texts.add("|| ;; ,, :: ## ~~ ^^ @@ %% && ++ == -- __ // <> </> [] () *** ### --- ||| ;;; ::: ~~~");
            for (var text : texts) {
                author.setLong(1, ++id);
                author.setString(2, text);
                author.addBatch();
                for (long one : new long[] {id, id + 1000}) {
                    post.setLong(1, one);
                    post.setLong(2, id);
                    post.setString(3, text);
                    post.addBatch();
                }
            }
            author.executeBatch();
            post.executeBatch();
            read(clone);
            for (long one = FIRST_LETTERS + 1; one < id; one += 2) {
                same("", List.of(one + 1, one));
            }
        }
    }

    @Test @Needs("hasTheNewestFirst") @Promises({"order-of-ids", "newest-first", "no-posts", "unknown-ids"}) @DisplayName("any choice of authors comes as it should")
    void loadsAnyChoice() throws Exception {
        var random = RandomData.create();
        for (int round = 0; round < 3; round++) {
            var ids = new ArrayList<>(LongStream.rangeClosed(1, 2100).boxed().toList());
            Collections.shuffle(ids, new java.util.Random(random.number(0, Integer.MAX_VALUE - 1)));
            same("", List.copyOf(ids.subList(0, random.number(1, 300))));
        }
    }

    @Test @Needs("loads") @Hint(1) @Promises("two-statements") @DisplayName("two statements are enough")
    void sendsTwoStatements() throws Exception {
        for (int many : new int[] {0, 2, 100}) {
            var before = watched.executions();
            load(LongStream.rangeClosed(1, many).boxed().toList());
            var sent = watched.executions() - before;
            Expect.that("Statements for " + many + " ids", sent <= 2, "at most 2", sent, "Each statement is a round trip. Which one stands in a loop?");
        }
    }

    @Test @Needs("sendsTwoStatements") @Hint(1) @Promises("rows-needed") @DisplayName("only rows that are needed are read")
    void readsOnlyWhatItNeeds(Clone clone) throws Exception {
        for (var ids : List.of(List.of(1L, 11L, 17L), List.of(1L, 1999L))) {
            load(ids); // the catalog is read by now
            var touched = touched(clone);
            var rows = watched.rows();
            int needed = load(ids).stream().mapToInt(author -> 1 + author.posts().size()).sum();
            rows = watched.rows() - rows;
            touched = touched(clone) - touched;
            Expect.that("Rows that came for the ids " + ids, rows <= needed, "at most " + needed, rows, "Let PostgreSQL choose the rows; it has an index.");
            Expect.that("Rows of the two tables that PostgreSQL read for the ids " + ids, touched <= 5 * needed, "at most " + 5 * needed, touched,
                "What is read and thrown away is read. Can PostgreSQL use the index, and does it know that there are few ids?");
        }
    }

    @Test @Needs("sendsTwoStatements") @Hint(1) @Promises({"two-statements", "rows-needed"}) @DisplayName("a hundred thousand ids are not too many")
    void takesManyIds() throws Exception {
        for (int many : new int[] {100_000, 2_000, 15_000}) {
            var ids = manyIds(many);
            var wanted = expected(ids).size();
            var what = "%d ids, of which %d exist".formatted(many, wanted);
            var before = watched.executions();
            var rows = watched.rows();
            var found = new ArrayList<Authors.Author>();
            Expect.works("Loading " + what, () -> found.addAll(load(ids)), "How many parameters may a statement have?");
            var sent = watched.executions() - before;
            Expect.equal("Authors found, for " + what, wanted, found.size(), "All who exist.");
            Expect.that("Statements for " + what, sent <= 2, "at most 2", sent, "Pieces are statements, too.");
            rows = watched.rows() - rows;
            int needed = found.stream().mapToInt(author -> 1 + author.posts().size()).sum();
            Expect.that("Rows that came for " + what, rows <= needed, "at most " + needed, rows, "Others are there, too, and nobody asked for them. Let PostgreSQL choose the rows.");
        }
    }

    /** Every other author, from the first to one of the last, and ids that nobody has. */
    private static List<Long> manyIds(int many) {
        var ids = new ArrayList<>(LongStream.rangeClosed(1, 1000).map(n -> 2001 - 2 * n).boxed().toList());
        LongStream.range(0, many - ids.size()).map(n -> 200_000 - n).forEach(ids::add);
        return ids;
    }

    @Test @Needs("loads") @Promises("closes") @DisplayName("the connection is closed, also after a failure")
    void closesItsConnection(Clone clone) throws Exception {
        load(List.of(1L, 2L));
        Expect.equal("Connections still open afterwards", 0, watched.open(), "Who closes what was borrowed?");
        try (var owner = Sql.connect(clone.owner())) {
            for (var table : List.of("posts", "authors")) {
                Sql.execute(owner, "alter table " + table + " rename to mislaid");
                try {
                    load(List.of(1L, 2L));
                    Expect.that("Loading, while there is no table " + table, false, "an SQLException", "none", "The caller must hear of it.");
                } catch (SQLException e) {
                    Expect.equal("Connections still open, after " + table + " could not be read", 0, watched.open(), "Who closes what was borrowed, when a statement fails?");
                } finally {
                    Sql.execute(owner, "alter table mislaid rename to " + table);
                }
            }
        }
    }

    @Test @Needs("closesItsConnection") @Promises("closes") @DisplayName("also after a failure that is no SQLException")
    void closesAfterAnyFailure(Clone clone) throws Exception {
        for (var failure : List.of(new IllegalStateException("a bug"), new StackOverflowError("an error"))) {
            for (var failing : List.of("prepareStatement", "createStatement", "createArrayOf")) {
                try (var source = new WatchedDataSource(clone.app(), method -> {
                    if (method.equals(failing)) {
                        throw Faults.sneak(failure);
                    }
                })) {
                    Task.start(() -> load(source, List.of(1L, 2L))).outcome(STUCK);
                    Expect.equal("Connections still open, after " + failing + " threw " + failure, 0, source.open(), "Who closes what was borrowed, whatever fails?");
                }
            }
        }
    }

    @Test @Needs("closesItsConnection") @Promises("closes") @DisplayName("also where what else is done at the end fails as well")
    void closesThoughTheEndFails(Clone clone) throws Exception {
        for (var failing : List.of("rollback", "setAutoCommit", "commit", "setReadOnly")) {
            try (var source = new WatchedDataSource(clone.app(), WatchedDataSource.Fault.lostUntilAfter(failing))) {
                Task.start(() -> load(source, List.of(1L, 2L))).outcome(STUCK);
                Expect.equal("Connections still open, after a statement failed and then " + failing, 0, source.open(), "Is there a moment at which nobody would close it?");
            }
        }
    }

    private void same(String where, List<Long> ids) throws Exception {
        same(where, watched, ids);
    }

    private void same(String where, WatchedDataSource source, List<Long> ids) throws Exception {
        var expected = expected(ids);
        var actual = load(source, ids);
        Expect.equal("Authors for the ids " + ids + where, names(expected), names(actual), "Those, in this order, each name as it is.");
        for (int i = 0; i < expected.size(); i++) {
            Expect.equal("Posts of " + expected.get(i).name() + where, expected.get(i).posts(), actual.get(i).posts(),
                "All, the newest first; of one instant the greater id first; each title as it is.");
            Expect.equal("Id of " + expected.get(i).name(), expected.get(i).id(), actual.get(i).id(), "Whose is it?");
        }
    }

    private List<Authors.Author> load(List<Long> ids) throws Exception {
        return load(watched, ids);
    }

    private static List<Authors.Author> load(WatchedDataSource source, List<Long> ids) throws Exception {
        return Expect.within("Loading " + ids.size() + " ids", STUCK, () -> Authors.load(source.source(), ids));
    }

    private static List<String> names(List<Authors.Author> authors) {
        return authors.stream().map(author -> author == null ? "null" : author.name()).toList();
    }

    private List<Authors.Author> expected(List<Long> ids) {
        return ids.stream().map(ALL::get).filter(Objects::nonNull).toList();
    }

    private void read(Clone clone) throws SQLException {
        source = clone;
        ALL.clear();
        try (var connection = Sql.connect(clone.app()); var statement = connection.createStatement()) {
            try (var row = statement.executeQuery("select id, name from authors")) {
                while (row.next()) {
                    ALL.put(row.getLong(1), new Authors.Author(row.getLong(1), row.getString(2), new ArrayList<>()));
                }
            }
            try (var row = statement.executeQuery("select author_id, id, title from posts order by created_at desc, id desc")) {
                while (row.next()) {
                    ALL.get(row.getLong(1)).posts().add(new Authors.Post(row.getLong(2), row.getString(3)));
                }
            }
        }
    }

    /** Rows that scans of the two tables have read so far, by the server's own count. */
    private long touched(Clone clone) throws SQLException {
        try (var connection = watched.source().getConnection()) {
            Rows.query(connection, "select pg_stat_force_next_flush()");
        }
        return Sql.number(clone.app(), "select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) from pg_stat_user_tables where relname in ('authors', 'posts')");
    }

    /** Whoever reads in two statements waits between them for a lock, and somebody writes meanwhile. */
    @Test @Fresh @Needs("loads") @Promises("unknown-ids") @DisplayName("an author who comes or goes while it reads does no harm")
    void bearsWhoComesAndGoes(Clone clone) throws Exception {
        long newcomer = 4001;
        for (var table : List.of("posts", "authors")) {
            long comes = newcomer++;
            var ids = List.of(17L, comes, 4L, 3L);
            try (var there = new WatchedDataSource(clone.app()); var writer = Sql.connect(clone.owner()); var observer = Sql.connect(clone.owner())) {
                Sql.execute(writer, "insert into authors values (4, 'Author 4') on conflict do nothing");
                read(clone);
                writer.setAutoCommit(false);
                Sql.execute(writer, "lock table " + table + " in access exclusive mode");
                var loading = Task.start(() -> Authors.load(there.source(), ids));
                Task.until(Duration.ofSeconds(3), () -> loading.isDone() || !Rows.query(observer, "select from pg_locks where not granted").values().isEmpty());
                Sql.execute(writer, "insert into authors values (%1$d, 'Came meanwhile'); insert into posts values (-%1$d, %1$d, 'Came meanwhile', now()); ".formatted(comes)
                    + "delete from posts where author_id = 4; delete from authors where id = 4");
                writer.commit();
                var outcome = loading.outcome(STUCK);
                Expect.that("Authors, one of whom comes, and one goes, while " + table + " is waited for", outcome instanceof Task.Outcome.Value, "authors", outcome,
                    "Between two statements the world goes on. What does the second one find?");
                if (outcome instanceof Task.Outcome.Value<List<Authors.Author>>(var authors)) {
                    Expect.equal("The others", names(expected(List.of(17L, 3L))), names(authors).stream().filter(name -> !name.equals("Came meanwhile") && !name.equals("Author 4")).toList(), "Those, in this order.");
                }
            }
        }
    }

    @Test @Fresh @Needs("hasTheNewestFirst") @Promises("newest-first") @DisplayName("posts dated at infinity are the newest, or the oldest")
    void knowsInfinity(Clone clone) throws Exception {
        Sql.execute(clone.owner(), "insert into posts values (6000000001, 5000000000, 'For ever', 'infinity'), (6000000002, 5000000000, 'From ever', '-infinity')");
        read(clone);
        try (var there = new WatchedDataSource(clone.app())) {
            same("", there, List.of(5_000_000_000L, 6L));
        }
    }
}

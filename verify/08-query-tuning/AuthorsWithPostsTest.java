import grading.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.*;
import org.postgresql.ds.PGSimpleDataSource;

/** Judges 08.1 by what comes, and by what a counting data source saw go by. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuthorsWithPostsTest {
    private static final Duration STUCK = Duration.ofSeconds(15);

    /** What went through the data source. */
    private static final class Traffic {
        final AtomicInteger statements = new AtomicInteger();
        final AtomicInteger rows = new AtomicInteger();
        final AtomicInteger open = new AtomicInteger();
    }

    @Test @Order(1) @Hint(2) @DisplayName("the authors come in the order that was asked for, with their posts, the newest first")
    void loads(Clone clone) throws Exception {
        for (var ids : List.of(List.of(7L, 3L, 1999L, 5L, 1L), List.of(2000L, 10L, 11L), List.of(4L))) {
            var expected = expected(clone, ids);
            var actual = load(clone, ids, new Traffic());
            Expect.equal("Authors for the ids " + ids, names(expected), names(actual),
                "Whose order is it: the list's, or the one in which the rows came?");
            for (int i = 0; i < expected.size(); i++) {
                Expect.equal("Posts of " + expected.get(i).name(), expected.get(i).posts(), actual.get(i).posts(),
                    "The newest first; of one instant the greater id first. An author without posts has an empty list.");
            }
        }
    }

    @Test @Order(2) @Needs("loads") @Hint(2) @DisplayName("ids that nobody has are left out, and no ids give no authors")
    void leavesOutTheUnknown(Clone clone) throws Exception {
        Expect.equal("Authors for the ids 5000, 2, -1", List.of("Author 2"), names(load(clone, List.of(5000L, 2L, -1L), new Traffic())),
            "Nobody has the ids 5000 and -1.");
        Expect.equal("Authors for no ids", List.of(), load(clone, List.of(), new Traffic()), "An empty list is a list.");
    }

    @Test @Order(3) @Needs("loads") @Hint(1) @DisplayName("two statements are enough")
    void sendsTwoStatements(Clone clone) throws Exception {
        for (int many : new int[] {2, 300}) {
            var traffic = new Traffic();
            load(clone, LongStream.rangeClosed(1, many).boxed().toList(), traffic);
            Expect.that("Statements for " + many + " ids", traffic.statements.get() <= 2, "at most 2", traffic.statements.get(),
                "Each statement is a round trip. Which one stands in a loop?");
        }
    }

    @Test @Order(4) @Needs("sendsTwoStatements") @Hint(1) @DisplayName("a hundred thousand ids are not too many")
    void takesManyIds(Clone clone) throws Exception {
        var ids = LongStream.rangeClosed(1, 100_000).map(n -> 100_001 - n).boxed().toList();
        var traffic = new Traffic();
        var found = new ArrayList<Authors.Author>();
        Expect.works("Loading 100 000 ids, of which 2000 exist", () -> found.addAll(load(clone, ids, traffic)),
            "How many parameters may a statement have?");
        Expect.equal("Authors found", 2000, found.size(), "All who exist.");
        Expect.that("Statements for 100 000 ids", traffic.statements.get() <= 2, "at most 2", traffic.statements.get(),
            "Pieces are statements, too.");
    }

    @Test @Order(5) @Needs("sendsTwoStatements") @Hint(1) @DisplayName("only rows that are needed are read")
    void readsOnlyWhatItNeeds(Clone clone) throws Exception {
        var ids = List.of(1L, 10L, 17L);
        var traffic = new Traffic();
        int needed = load(clone, ids, traffic).stream().mapToInt(author -> 1 + author.posts().size()).sum();
        Expect.that("Rows read for three authors", traffic.rows.get() <= needed, "at most " + needed, traffic.rows.get(),
            "Let PostgreSQL choose the rows; it has an index.");
        Expect.equal("Connections still open afterwards", 0, traffic.open.get(), "Who closes what was borrowed?");
    }

    private static List<Authors.Author> load(Clone clone, List<Long> ids, Traffic traffic) throws Exception {
        return Expect.within("Loading " + ids.size() + " ids", STUCK, () -> Authors.load(counting(clone, traffic), ids));
    }

    private static List<String> names(List<Authors.Author> authors) {
        return authors.stream().map(Authors.Author::name).toList();
    }

    private static List<Authors.Author> expected(Clone clone, List<Long> ids) throws SQLException {
        var authors = new ArrayList<Authors.Author>();
        try (var connection = clone.app().connect()) {
            for (var id : ids) {
                var posts = new ArrayList<Authors.Post>();
                try (var query = connection.prepareStatement(
                        "select id, title from posts where author_id = ? order by created_at desc, id desc")) {
                    query.setLong(1, id);
                    try (var row = query.executeQuery()) {
                        while (row.next()) {
                            posts.add(new Authors.Post(row.getLong(1), row.getString(2)));
                        }
                    }
                }
                authors.add(new Authors.Author(id, "Author " + id, posts));
            }
        }
        return authors;
    }

    private static DataSource counting(Clone clone, Traffic traffic) {
        var source = new PGSimpleDataSource();
        source.setUrl(clone.app().url());
        source.setUser(clone.app().user());
        source.setPassword(clone.app().password());
        return watched(DataSource.class, source, traffic);
    }

    private static <T> T watched(Class<T> type, Object real, Traffic traffic) {
        return type.cast(Proxy.newProxyInstance(AuthorsWithPostsTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            Object result;
            try {
                result = method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (real instanceof Statement && method.getName().startsWith("execute")) {
                traffic.statements.incrementAndGet();
            } else if (real instanceof ResultSet && method.getName().equals("next") && result.equals(true)) {
                traffic.rows.incrementAndGet();
            } else if (real instanceof Connection && method.getName().equals("close")) {
                traffic.open.decrementAndGet();
            }
            return switch (result) {
                case Connection connection when real instanceof DataSource -> {
                    traffic.open.incrementAndGet();
                    yield watched(Connection.class, connection, traffic);
                }
                case PreparedStatement statement -> watched(PreparedStatement.class, statement, traffic);
                case Statement statement -> watched(Statement.class, statement, traffic);
                case ResultSet rows -> watched(ResultSet.class, rows, traffic);
                case null, default -> result;
            };
        }));
    }
}

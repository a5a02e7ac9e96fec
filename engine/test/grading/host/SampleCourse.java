package grading.host;

import java.nio.file.Path;
import lesson.CourseFolder;
import lesson.Exercise;
import lesson.Home;

/** A course of one lesson with one exercise, in a folder of its own: for tests of verifications. */
public final class SampleCourse implements AutoCloseable {
    public static final String GOOD = """
        import java.sql.*;

        public class SumUp {
            public static long sum(Connection connection) throws SQLException {
                System.out.println("summing");
                try (var statement = connection.createStatement(); var result = statement.executeQuery("select sum(x) from t")) {
                    result.next();
                    return result.getLong(1);
                }
            }
        }
        """;
    public static final String STARTER = GOOD.replace("sum(x)", "count(x)");
    public static final String VERIFIER = """
        import grading.*;
        import org.junit.jupiter.api.*;

        class SumUpTest {
            @Test @DisplayName("The sum is right") @Hint(1)
            void sums(Clone db) throws Exception {
                try (var connection = db.app().connect()) {
                    Expect.equal("The sum of 1 to 100", 5050L, SumUp.sum(connection), "the select list");
                }
            }

            @Test @DisplayName("NULL does not count") @Needs("sums")
            void ignoresNull(Clone db) throws Exception {
                try (var connection = db.owner().connect(); var statement = connection.createStatement()) {
                    statement.execute("insert into t values (null)");
                    Expect.equal("The sum with a NULL", 5050L, SumUp.sum(connection), "what sum() does with NULL");
                }
            }

            @Test @DisplayName("The table can be written to by others") @Fresh
            void leavesNoLock(Clone db, Answer answer) throws Exception {
                Expect.that("The answer is one file", answer.files().size() == 1, "1 file", answer.files(), "the folder");
                Expect.within("An insert by somebody else", java.time.Duration.ofSeconds(3), () -> {
                    try (var connection = db.owner().connect(); var statement = connection.createStatement();
                         var other = db.app().connect()) {
                        SumUp.sum(other);
                        statement.execute("set lock_timeout = '1s'");
                        statement.execute("insert into t values (1)");
                        return 1;
                    }
                });
            }
        }
        """;
    private final CourseFolder folder = CourseFolder.of("course sämple ");

    public SampleCourse() {
        write("lessons/02-sums/lesson02.java", "void main() { }");
        write("verify/02-sums/SumUpTest.java", VERIFIER);
        write("verify/02-sums/1-sum-up.sql", "create table t (x int); insert into t select generate_series(1, 100);");
        write("verify/02-sums/starter/1-sum-up/SumUp.java", STARTER);
        write("exercises/02-sums/1-sum-up/SumUp.java", STARTER);
        write("exercises/02-sums/1-sum-up/exercise.adoc", "= Sum up\n\n[#hint-1]\n== Hint 1\n\nOne.\n\n[#hint-2]\n== Hint 2\n\nTwo.\n");
        write("solutions/02-sums/1-sum-up/SumUp.java", GOOD);
    }

    public Home home() {
        return folder.home();
    }

    public Exercise exercise() {
        return home().exercise("02.1");
    }

    public Path root() {
        return folder.root();
    }

    /** The learner saves this. */
    public void answer(String source) {
        write("exercises/02-sums/1-sum-up/SumUp.java", source);
    }

    /** A wrong answer of the author's, and who should refuse it. */
    public void wrong(String name, String source, String check, String sentence) {
        write("verify/02-sums/wrong/1-sum-up/" + name + "/SumUp.java", source);
        write("verify/02-sums/wrong/1-sum-up/" + name + "/refused-by.txt", check + "\n" + sentence + "\n");
    }

    public void write(String name, String text) {
        folder.write(name, text);
    }

    /** A whole answer with this body in place of the sum. */
    public static String body(String body) {
        return """
            import java.sql.*;
            import java.util.*;

            public class SumUp {
                public static long sum(Connection connection) throws Exception {
                    %s
                }
            }
            """.formatted(body);
    }

    @Override public void close() {
        folder.close();
    }
}

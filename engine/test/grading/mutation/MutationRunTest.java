package grading.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lab.Progress;
import lesson.Home;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The trial of mutants")
class MutationRunTest {
    private static final String ANSWER = "create table t (\n  id int primary key,\n  x int not null default 1\n);\n";
    private static final String PASSES = "answer.sql:3 removes \"not null\"";
    @TempDir Path root;

    @BeforeEach
    void makeCourse() throws IOException {
        write("jbang-catalog.json", "{}");
        write("lessons/02-sums/lesson02.java", "void main() { }");
        write("exercises/02-sums/1-small/answer.sql", "");
        write("solutions/02-sums/1-small/answer.sql", ANSWER);
        write("verify/02-sums/SmallTest.java", """
            import grading.*;
            import org.junit.jupiter.api.*;

            class SmallTest {
                @Test void runs(Clone clone, Answer answer) throws Exception {
                    try (var connection = clone.owner().connect(); var statement = connection.createStatement()) {
                        Expect.works("The answer runs", () -> statement.execute(answer.text("answer.sql")), "");
                        statement.execute("insert into t (id) values (1)");
                        Expect.equal("x", 1L, ((Number) Rows.query(connection, "select x::bigint from t").values().getFirst().getFirst()).longValue(), "");
                        Expect.sqlState("The same again", "23505", () -> statement.execute("insert into t values (1, 2)"), "");
                    }
                }
            }
            """);
    }

    @Test @DisplayName("counts what is refused, shows what passes, and leaves out what is no SQL any more")
    void counts() {
        var score = score();
        assertEquals(List.of(PASSES), survivors(score));
        assertEquals("2 of 3", score.killed() + " of " + score.total());
        assertTrue(score.problems().startsWith("passes: " + PASSES), score.problems());
        assertTrue(score.details(false).contains("- x int not null default 1\n      + x int  default 1"), score.details(false));
        assertTrue(score.outcomes().stream().anyMatch(o -> o.kind() == MutantResult.Kind.STILLBORN && o.mutant().description().startsWith("removes \"create table")),
            score.details(true));
    }

    @Test @DisplayName("accepts what is listed as equivalent, and finds entries that are not needed or have no reason")
    void equivalents() throws IOException {
        write("verify/02-sums/equivalent/1-small.txt", PASSES + " | nobody asked for it\n");
        var score = score();
        assertEquals("", score.problems());
        assertEquals("2 of 2, 1", score.killed() + " of " + score.total() + ", " + score.equivalent());
        write("verify/02-sums/equivalent/1-small.txt", PASSES + " | nobody asked for it\nanswer.sql:2 removes \"primary key\" | x\nanswer.sql:9 | \n");
        assertEquals("listed as equivalent, but no mutant of this name passes: answer.sql:9 |\n"
            + "listed as equivalent, but no mutant of this name passes: answer.sql:2 removes \"primary key\"", score().problems());
    }

    @Test @DisplayName("says nothing about the verifier of a solution that does not pass")
    void solution() throws IOException {
        write("solutions/02-sums/1-small/answer.sql", ANSWER.replace("default 1", "default 2"));
        assertTrue(score().problems().startsWith("the solution does not pass: runs: x"), score().problems());
    }

    @Test @DisplayName("chooses from each rule in turn where there are too many")
    void spread() throws IOException {
        write("solutions/02-sums/1-small/answer.sql", "select 1 from t where " + "a > 1 and ".repeat(20) + "true order by b desc limit 3;");
        var mutants = Mutants.of(new Home(root).exercise("02.1"), 12);
        assertEquals(12, mutants.chosen().size());
        assertTrue(mutants.leftOut().size() > 50, "left out " + mutants.leftOut().size());
        assertTrue(mutants.chosen().stream().map(Mutant::rule).distinct().count() >= 8, mutants.chosen().toString());
    }

    @Test @DisplayName("judges two in a sample, and does not say of an entry that no mutant passes where it left that mutant out")
    void sample() throws IOException {
        write("solutions/02-sums/1-small/answer.sql", ANSWER + "create index on t (x desc) where x > 1;\n");
        var exercise = new Home(root).exercise("02.1");
        var leftOut = Mutants.of(exercise, 2).leftOut().getFirst().id();
        write("verify/02-sums/equivalent/1-small.txt", PASSES + " | nobody asked for it\n" + leftOut + " | it may\nanswer.sql:99 | it may\n");
        var score = MutationRun.sample(List.of(exercise), "embedded", Progress.SILENT, one -> { }).getFirst();
        assertEquals(2, score.outcomes().size());
        assertEquals(List.of("answer.sql:99"), score.staleEntries());
    }

    private Score score() {
        return MutationRun.run(new Home(root).exercises(), "embedded", Progress.SILENT, one -> { }).getFirst();
    }

    private static List<String> survivors(Score score) {
        return score.outcomes().stream().filter(o -> o.kind() == MutantResult.Kind.SURVIVED).map(o -> o.mutant().id()).toList();
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }
}

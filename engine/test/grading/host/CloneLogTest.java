package grading.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

import lab.Progress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CloneLogTest {
    private static final String VERIFIER = """
        import grading.*;
        import java.util.List;
        import org.junit.jupiter.api.*;

        class SumUpTest {
            @Test @DisplayName("a check reads what the server logs meanwhile, and only that")
            void reads(Clone db, CloneLog log) throws Exception {
                fails(db, "before");
                var lines = log.during(() -> fails(db, "meanwhile")).orElseThrow();
                fails(db, "afterwards");
                Expect.that("The log", has(lines, "ERROR:  column \\"meanwhile\\"") && has(lines, "STATEMENT:  select meanwhile"), "both lines", lines, "");
                Expect.that("The log", !has(lines, "before") && !has(lines, "afterwards") && !has(lines, "mark"), "nothing else", lines, "");
                Expect.equal("The log, when nothing happens", List.of(), log.during(() -> { }).orElseThrow(), "");
            }

            private static boolean has(List<String> lines, String text) {
                return lines.stream().anyMatch(line -> line.contains(text));
            }

            private static void fails(Clone db, String column) throws Exception {
                Expect.sqlState("A column that is not there", "42703", () -> Sql.execute(db.app(), "select " + column), "");
            }
        }
        """;

    @Test
    @DisplayName("a verifier that asks for the log gets what its clone's server wrote")
    void meanwhile() throws Exception {
        try (var course = new SampleCourse(); var service = VerificationService.open("embedded", Progress.SILENT)) {
            course.write("verify/02-sums/SumUpTest.java", VERIFIER);
            course.answer(SampleCourse.GOOD);
            var verdict = service.verify(course.exercise(), course.exercise().folder());
            assertTrue(verdict.passed(), () -> verdict.checks().toString());
        }
    }
}

package grading.worker;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.Expect;
import grading.Mismatch;
import grading.QueryPlan;
import java.sql.SQLException;
import java.util.Map;
import kernel.output.RoutineSources;
import kernel.sql.SqlRunner;
import lab.Lab;
import lab.Progress;
import lab.provider.Providers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A verdict tells of an error in the learner's function the line and its text. */
class FailureExplanationTest {
    private static final String LINE = "PL/pgSQL function withdraw(integer) line 3 at RAISE";
    private static Lab lab;

    @BeforeAll static void open() throws SQLException {
        lab = Providers.open("embedded", Progress.SILENT);
        try (var connection = lab.lessonDatabase().owner().connect()) {
            SqlRunner.run(connection, "create function withdraw(amount int) returns int language plpgsql as $$\nbegin\n  raise exception 'no % left', amount;\nend $$");
        }
    }

    @AfterAll static void shut() {
        lab.close();
    }

    @Test void anExceptionThatNobodyExpectedNamesIt() {
        explained(assertThrows(SQLException.class, FailureExplanationTest::withdraw));
    }

    @Test void anExpectationThatWasNotMetNamesIt() {
        explained(assertThrows(AssertionError.class, () -> Expect.works("a withdrawal works", FailureExplanationTest::withdraw, "")));
    }

    @Test void aPlanIsToldByItsPages() {
        var mismatch = assertThrows(Mismatch.class, () -> Expect.that("no page is read", false, "0 pages",
            QueryPlan.of(lab.lessonDatabase().app(), "select oid from pg_class where relname = 'pg_class'"), ""));
        var got = FailureExplanation.of(mismatch, Map.of(), RoutineSources.of(lab.lessonDatabase().admin())).got();
        assertTrue(got.figure().matches("\\d+ pages?"), got.figure());
        assertTrue(got.plan().startsWith("Index Scan"), got.plan());
        assertTrue(got.text().startsWith(got.plan() + "; "), got.text());
    }

    private static void explained(Throwable failure) {
        var got = FailureExplanation.of(failure, Map.of(), RoutineSources.of(lab.lessonDatabase().admin())).actual();
        assertTrue(got.contains(LINE) && got.contains("\n    raise exception 'no % left', amount;"), got);
    }

    private static void withdraw() throws SQLException {
        try (var connection = lab.lessonDatabase().app().connect()) {
            SqlRunner.run(connection, "select withdraw(7)");
        }
    }
}

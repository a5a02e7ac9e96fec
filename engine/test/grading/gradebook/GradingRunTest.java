package grading.gradebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.host.SampleCourse;
import grading.host.VerificationService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lab.LabException;
import lab.Progress;
import lesson.UnknownName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Grading a folder of submissions")
class GradingRunTest {
    private static HandedInCourse course;
    @TempDir Path temporary;
    private Path folder;
    private Path out;

    @BeforeAll static void open() {
        course = new HandedInCourse();
    }

    @AfterAll static void close() {
        course.close();
    }

    @BeforeEach void folders() throws Exception {
        folder = Files.createDirectory(temporary.resolve("handed in"));
        out = temporary.resolve("out");
        course.services.set(0);
    }

    @Test @DisplayName("judges each; files that are none have a reason, and stop nobody")
    void each() throws Exception {
        course.handIn(folder, "anna.zip", SampleCourse.GOOD);
        course.handIn(folder, "ben/2026-11-30-101500.zip", SampleCourse.STARTER);
        Files.writeString(folder.resolve("carl.zip"), "no zip");
        Files.writeString(folder.resolve("\u001b[2Jdora.zip"), "");
        Files.createSymbolicLink(folder.resolve("link.zip"), folder.resolve("anna.zip"));
        var graded = course.grade(folder, out, 1);
        assertEquals(List.of("\u001b[2Jdora.zip", "anna.zip", "ben/2026-11-30-101500.zip", "carl.zip"), graded.stream().map(GradedSubmission::file).toList());
        assertEquals(List.of(false, true, true, false), graded.stream().map(GradedSubmission::isJudged).toList());
        assertEquals("it is no submission: report.json or SHA256SUMS is missing", graded.get(3).problem());
        assertEquals(List.of("pass", "fail"), graded.stream().flatMap(one -> one.answers().stream())
            .map(answer -> GradingFolder.at(out).verdict(answer.verdict()).orElseThrow().status()).toList());
        assertEquals(graded, GradingFolder.at(out).submissions());
    }

    @Test @DisplayName("judges the same answer once, and nothing that it has judged before; what is new it judges")
    void resumed() throws Exception {
        course.handIn(folder, "anna.zip", SampleCourse.GOOD);
        course.handIn(folder, "ben.zip", SampleCourse.GOOD);
        var first = course.grade(folder, out, 2);
        assertEquals(1, HandedInCourse.verdicts(out));
        course.services.set(0);
        assertEquals(first, course.grade(folder, out, 1));
        assertEquals(0, course.services.get(), "no server is needed where all is known");
        course.handIn(folder, "carl.zip", SampleCourse.STARTER);
        assertEquals(3, course.grade(folder, out, 1).size());
        assertEquals(2, HandedInCourse.verdicts(out));
    }

    @Test @DisplayName("judges again what is judged by another verifier, and what is damaged")
    void again() throws Exception {
        course.handIn(folder, "anna.zip", SampleCourse.STARTER);
        var verdict = course.grade(folder, out, 1).getFirst().answers().getFirst().verdict();
        Files.writeString(out.resolve("verdicts/" + verdict.substring(0, 2) + "/" + verdict + ".json"), "{ \"version\": ");
        assertTrue(course.grade(folder, out, 1).getFirst().isJudged());
        assertEquals("fail", GradingFolder.at(out).verdict(verdict).orElseThrow().status());
        try {
            course.course().write("verify/02-sums/SumUpTest.java", SampleCourse.VERIFIER.replace("5050L", "100L"));
            assertTrue(course.grade(folder, out, 1).getFirst().isJudged());
            assertEquals(2, HandedInCourse.verdicts(out));
        } finally {
            course.course().write("verify/02-sums/SumUpTest.java", SampleCourse.VERIFIER);
        }
    }

    @Test @DisplayName("writes into no folder that holds something else")
    void foreign() throws Exception {
        Files.writeString(folder.resolve("thesis.json"), "{}");
        assertTrue(assertThrows(UnknownName.class, () -> GradingFolder.at(folder)).getMessage().contains("holds what is not of grade"));
        assertTrue(assertThrows(UnknownName.class, () -> new GradingFolder(folder).submissions()).getMessage().contains("is no folder of grade"));
    }

    @Test @DisplayName("keeps what it has where the database fails for good, and says so; a run after it goes on")
    void interrupted() throws Exception {
        for (var name : List.of("a", "b", "c", "d")) {
            course.handIn(folder, name + ".zip", SampleCourse.body("return " + name.hashCode() + ";"));
        }
        course.grade(HandedIn.in(folder, out).subList(0, 1), out, 1);
        var run = new GradingRun(course.course().home(), GradingFolder.at(out), "embedded", Optional.empty(), () -> VerificationService.open("postgresql://nobody@127.0.0.1:1/none", Progress.SILENT));
        assertThrows(LabException.class, () -> run.grade(HandedIn.in(folder, out), 1, submission -> { }));
        assertTrue(GradingFolder.at(out).submissions().getFirst().isJudged());
        assertEquals(List.of(true, true, true, true), course.grade(folder, out, 2).stream().map(GradedSubmission::isJudged).toList());
    }
}

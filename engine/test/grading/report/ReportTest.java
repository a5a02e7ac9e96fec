package grading.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.host.SampleCourse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A verdict as data")
class ReportTest {
    @TempDir Path folder;

    @Test @DisplayName("is version 3 of Exercism's interface, and more")
    void json() throws Exception {
        try (var course = new SampleCourse()) {
            Reports.json(List.of(verdict(course)), folder.resolve("report.json"));
            var report = Reports.JSON.readTree(Files.readString(folder.resolve("report.json")));
            assertEquals(3, report.get("version").asInt());
            assertEquals("fail", report.get("status").asString());
            assertEquals("sums/sum-up", report.get("id").asString());
            var failed = report.get("tests").get(1);
            for (var name : List.of("name", "status", "message", "output", "task_id", "test_code", "cause", "dependency", "sqlstate",
                "score", "max_score", "duration")) {
                assertTrue(failed.has(name), "a test has " + name + ": " + failed);
            }
            assertEquals("The sum is right", failed.get("name").asString());
            assertTrue(failed.get("test_code").asString().startsWith("void sums(Clone db)"), failed.get("test_code").asString());
            assertEquals("5050", failed.get("cause").get("expected").asString());
            for (var name : List.of("course_version", "verifier_hash", "postgres", "jdk", "max_score")) {
                assertTrue(report.has(name), "the report has " + name);
            }
        }
    }

    @Test @DisplayName("is XML that build servers read, whatever the answer printed")
    void junit() throws Exception {
        try (var course = new SampleCourse()) {
            Reports.junit(List.of(verdict(course)), folder.resolve("report.xml"));
            var xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(folder.resolve("report.xml").toFile());
            assertEquals("1", xml.getElementsByTagName("testsuite").item(0).getAttributes().getNamedItem("failures").getNodeValue());
            assertEquals(1, xml.getElementsByTagName("skipped").getLength());
        }
    }

    private static Verdict verdict(SampleCourse course) {
        var checks = List.of(
            Check.rung("compiles", "The answer compiles").passed("", Duration.ofMillis(3)),
            Check.planned("sums", "The sum is right", 1, "").ended(Check.Status.FAILED,
                new Check.Cause("The sum", "5050", "5051", "the select list", ""), "\u0000 <printed> & \u001b[1m", Duration.ofMillis(5)),
            Check.planned("ignoresNull", "NULL does not count", 0, "sums").skipped("needs: The sum is right"));
        return new Verdict(course.exercise(), course.exercise().folder(), "hash", checks, List.of(), "18.6", Duration.ofMillis(20));
    }
}

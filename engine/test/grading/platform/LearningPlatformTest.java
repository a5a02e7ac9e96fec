package grading.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.host.SampleCourse;
import grading.host.VerificationService;
import grading.report.Report;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import lab.Progress;
import lesson.UnknownName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;

@DisplayName("A learning platform gets")
class LearningPlatformTest {
    private static final String CHATTY = SampleCourse.STARTER.replace("println(\"summing\")", "println(\"\\u001b[2J\" + \"<b>\".repeat(400))");
    /** As long as every answer makes it. */
    private static final List<Report> WHOLE_COURSE = IntStream.range(0, 80).mapToObj(exercise -> report("%02d.%d".formatted(exercise / 6 + 1, exercise % 6 + 1))).toList();
    private static SampleCourse course;
    private static Report good;
    private static Report chatty;
    private static Report broken;

    @BeforeAll static void judge() throws Exception {
        course = new SampleCourse();
        try (var service = VerificationService.open("embedded", Progress.SILENT)) {
            good = judged(service, SampleCourse.GOOD);
            chatty = judged(service, CHATTY);
            broken = judged(service, "public class SumUp { int }");
        }
    }

    @AfterAll static void close() {
        course.close();
    }

    private static Report judged(VerificationService service, String answer) throws InterruptedException {
        course.answer(answer);
        return Report.of(service.verify(course.exercise(), course.exercise().folder()));
    }

    @Test @DisplayName("of Exercism's format no message but for an error, at most 500 characters of output, and an error where the answer does not compile")
    void exercism() {
        var passed = exercism(good);
        assertEquals("pass", passed.get("status").asString());
        assertTrue(passed.get("message").isNull());
        assertEquals(3, passed.get("version").asInt());
        assertEquals(3, passed.get("tests").size(), "the rungs before the checks are no tests");
        var failed = exercism(chatty);
        assertEquals("fail", failed.get("status").asString());
        assertTrue(failed.get("message").isNull());
        for (var test : failed.get("tests")) {
            assertTrue(Set.of("pass", "fail", "error").contains(test.get("status").asString()));
            assertEquals(test.get("status").asString().equals("pass"), test.get("message").isNull());
            assertTrue(test.get("message").isNull() || !test.get("message").asString().isBlank(), test::toString);
            assertTrue(test.get("test_code").asString().contains("void "), test::toString);
            assertTrue(test.get("output").isNull() || test.get("output").asString().length() <= 500 && !test.get("output").asString().contains("\u001b"));
            assertEquals(new TreeSet<>(Set.of("name", "status", "message", "output", "test_code")), new TreeSet<>(test.propertyNames()));
        }
        assertTrue(failed.get("tests").get(0).get("output").asString().endsWith("Please limit to 500 chars"));
        var error = exercism(broken);
        assertEquals("error", error.get("status").asString());
        assertTrue(error.get("message").asString().contains("SumUp.java"), error::toString);
        assertEquals(0, error.get("tests").size());
        assertEquals(65_535, LearningPlatform.JSON.readTree(LearningPlatform.EXERCISM.files(List.of(), "x".repeat(100_000)).get("results.json")).get("message").asString().length());
    }

    @Test @DisplayName("of Gradescope's format points for each check, and nothing that is drawn as HTML")
    void gradescope() {
        var results = json(LearningPlatform.GRADESCOPE, List.of(chatty), "");
        assertEquals(3.0, results.get("score").asDouble());
        assertEquals(List.of("passed", "passed", "failed", "failed", "passed"), results.get("tests").findValuesAsString("status"));
        assertEquals(Set.of("text"), Set.copyOf(results.findValuesAsString("output_format")));
        for (var test : results.get("tests")) {
            assertTrue(test.get("score").isNumber() && test.get("score").asDouble() <= test.get("max_score").asDouble(), test::toString);
            assertTrue(Set.of("hidden", "after_due_date", "after_published", "visible").contains(test.get("visibility").asString()));
        }
        assertEquals(results.get("score").asDouble(), results.get("tests").findValues("score").stream().mapToDouble(JsonNode::asDouble).sum());
        var refused = json(LearningPlatform.GRADESCOPE, List.of(), "no zip");
        assertEquals("no zip", refused.get("output").asString());
        assertTrue(refused.get("score").isNumber(), "it is asked for where there are no tests");
    }

    @Test @DisplayName("of PrairieLearn's format a score from 0 to 1, and no attempt where nothing compiles or could be judged")
    void prairieLearn() {
        var failed = json(LearningPlatform.PRAIRIELEARN, List.of(chatty), "");
        assertEquals(0.6, failed.get("score").asDouble(), 1e-9);
        assertTrue(failed.get("gradable").asBoolean());
        assertEquals(0.8, json(LearningPlatform.PRAIRIELEARN, List.of(good, chatty), "").get("score").asDouble(), 1e-9);
        var error = json(LearningPlatform.PRAIRIELEARN, List.of(broken), "");
        assertFalse(error.get("gradable").asBoolean());
        assertTrue(error.get("format_errors").get(0).asString().contains("SumUp.java"));
        assertEquals("no zip", json(LearningPlatform.PRAIRIELEARN, List.of(), "no zip").get("format_errors").get(0).asString());
        assertTrue(size(LearningPlatform.PRAIRIELEARN.files(WHOLE_COURSE, "").get("results.json")) <= 1_000_000);
    }

    @Test @DisplayName("of GitHub Classroom's format points whose sum is the score, also in base64, and at least one test")
    void classroom() {
        var files = LearningPlatform.CLASSROOM.files(List.of(good, chatty), "");
        assertEquals(files.get("results.json"), new String(Base64.getDecoder().decode(files.get("result.txt").strip()), StandardCharsets.UTF_8));
        var results = LearningPlatform.JSON.readTree(files.get("results.json"));
        assertEquals(10, results.get("max_score").asInt());
        assertEquals(8, results.get("tests").findValues("score").stream().mapToInt(JsonNode::asInt).sum());
        assertEquals("fail", results.get("status").asString());
        assertEquals(1, json(LearningPlatform.CLASSROOM, List.of(), "no zip").get("tests").size());
        var whole = LearningPlatform.CLASSROOM.files(WHOLE_COURSE, "");
        assertTrue(size(whole.get("result.txt")) < 128 * 1024, "it has to fit into a variable");
        var tests = LearningPlatform.JSON.readTree(whole.get("results.json"));
        assertEquals(WHOLE_COURSE.size() * 12, tests.get("max_score").asInt());
        assertEquals(WHOLE_COURSE.size() * 4, tests.get("tests").findValues("score").stream().mapToInt(JsonNode::asInt).sum());
    }

    @Test @DisplayName("of JUnit's format a suite for each exercise, and one with an error for what could not be judged")
    void junit() throws Exception {
        var xml = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new ByteArrayInputStream(LearningPlatform.JUNIT.files(List.of(chatty), "no zip").get("results.xml").getBytes(StandardCharsets.UTF_8)));
        assertEquals("testsuites", xml.getDocumentElement().getTagName());
        var suites = xml.getElementsByTagName("testsuite");
        var names = new TreeSet<String>();
        for (int i = 0; i < suites.getLength(); i++) { // by its name after that of the suite Artemis knows a test
            var suite = (Element) suites.item(i);
            var cases = suite.getElementsByTagName("testcase");
            assertEquals(suite.getAttribute("tests"), "" + cases.getLength());
            for (var kind : Map.of("failures", "failure", "errors", "error", "skipped", "skipped").entrySet()) {
                assertEquals(suite.getAttribute(kind.getKey()), "" + suite.getElementsByTagName(kind.getValue()).getLength(), kind::getValue);
            }
            for (int j = 0; j < cases.getLength(); j++) {
                assertTrue(names.add(suite.getAttribute("name") + "." + ((Element) cases.item(j)).getAttribute("name")));
            }
        }
        assertFalse(xml.getElementsByTagName("failure").item(0).getTextContent().isBlank());
        assertEquals("02.1 sum-up", suites.item(0).getAttributes().getNamedItem("name").getNodeValue());
        assertEquals("1", suites.item(1).getAttributes().getNamedItem("errors").getNodeValue());
        assertEquals("SumUpTest", xml.getElementsByTagName("testcase").item(0).getAttributes().getNamedItem("classname").getNodeValue());
    }

    @Test @DisplayName("nothing where nobody knows it")
    void unknown() {
        assertTrue(assertThrows(UnknownName.class, () -> LearningPlatform.of("gradscope")).getMessage().startsWith("there is no platform gradscope; did you mean gradescope"));
    }

    private static Report report(String exercise) {
        var tests = IntStream.range(0, 12).mapToObj(check -> new Report.Test("a sentence about what must hold, the " + check + "th of them", "", check < 4 ? "pass" : "fail",
            check < 4 ? "passed" : "failed", "\u001b".repeat(2000), "é".repeat(5000), 1, "check" + check, new Report.Cause("", "", "", ""), "", "", "", check < 4 ? 1 : 0, 1, 0)).toList();
        return new Report(3, "fail", "", tests, exercise, "topic/exercise-" + exercise.replace('.', '-'), 4, 12, 0, List.of(), "", "", "", "");
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static JsonNode exercism(Report report) {
        return LearningPlatform.JSON.readTree(LearningPlatform.EXERCISM.files(List.of(report), "").get("sums-sum-up/results.json"));
    }

    private static JsonNode json(LearningPlatform platform, List<Report> reports, String problem) {
        return LearningPlatform.JSON.readTree(platform.files(reports, problem).get("results.json"));
    }
}

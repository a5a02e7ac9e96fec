package grading.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grading.host.SampleCourse;
import grading.host.VerificationService;
import grading.report.Reports;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import lab.Progress;
import lesson.Home;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("The schema of submissions, docs/grading/submission.schema.json,")
class SubmissionSchemaTest {
    private static final Path SCHEMA = Home.here().root().resolve("docs/grading/submission.schema.json");
    private static final String CHECK = """
        import json, sys, jsonschema
        schema, report = (json.load(open(name, encoding='utf-8')) for name in sys.argv[1:])
        jsonschema.Draft202012Validator.check_schema(schema)
        for error in jsonschema.Draft202012Validator(schema).iter_errors(report): print(error.json_path, error.message[:200])
        """;
    @TempDir static Path folder;
    private static JsonNode packed;

    /** What {@code submit} makes of an answer that passes, one that fails and one that does not compile. */
    @BeforeAll static void pack() throws Exception {
        try (var course = new SampleCourse(); var service = VerificationService.open("embedded", Progress.SILENT)) {
            var reports = Reports.JSON.createArrayNode();
            for (var answer : List.of(SampleCourse.GOOD, SampleCourse.STARTER, "public class SumUp { int }")) {
                course.answer(answer);
                var file = SubmissionWriter.write(List.of(service.verify(course.exercise(), course.exercise().folder())), folder);
                try (var zip = FileSystems.newFileSystem(file)) {
                    packed = Reports.JSON.readTree(Files.readString(zip.getPath("report.json")));
                }
                packed.get("reports").forEach(reports::add);
            }
            ((ObjectNode) packed).set("reports", reports);
        }
    }

    @Test @DisplayName("is one, and what submit writes is as it says")
    @EnabledIf("isValidatorHere")
    void holds() throws Exception {
        assertEquals("", complaints(packed));
        var other = (ObjectNode) packed.deepCopy();
        other.put("format", 2);
        assertNotEquals("", complaints(other));
        other.put("format", 1).putObject("files").put("answers/../x", "0");
        assertNotEquals("", complaints(other));
        var wrong = (ObjectNode) packed.deepCopy();
        ((ObjectNode) wrong.get("reports").get(0)).put("status", "brilliant");
        assertTrue(complaints(wrong).contains("$.reports[0].status"), () -> complaints(wrong));
    }

    @Test @DisplayName("names every field that submit writes, and asks for no other")
    void complete() throws IOException {
        var schema = Reports.JSON.readTree(Files.readString(SCHEMA));
        fields(schema, packed);
        fields(schema.at("/$defs/report"), packed.at("/reports/1"));
        fields(schema.at("/$defs/test"), packed.at("/reports/1/tests/1"));
        assertEquals(Submission.FORMAT, schema.at("/properties/format/const").asInt());
    }

    private static void fields(JsonNode schema, JsonNode written) {
        assertEquals(new TreeSet<>(written.propertyNames()), new TreeSet<>(schema.get("properties").propertyNames()));
        assertEquals(new TreeSet<>(written.propertyNames()), new TreeSet<>(Stream.iterate(0, i -> i < schema.get("required").size(), i -> i + 1)
            .map(i -> schema.get("required").get(i).asString()).toList()));
    }

    static boolean isValidatorHere() throws IOException, InterruptedException {
        return Files.isExecutable(Path.of("/usr/bin/python3")) && new ProcessBuilder("/usr/bin/python3", "-c", "import jsonschema").start().waitFor() == 0;
    }

    private static String complaints(JsonNode report) {
        try {
            var file = Files.writeString(folder.resolve("report.json"), report.toString());
            var process = new ProcessBuilder("/usr/bin/python3", "-W", "ignore", "-c", CHECK, SCHEMA.toString(), file.toString()).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package grading.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.host.SampleCourse;
import grading.host.VerificationService;
import grading.report.Reports;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lab.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("A submission")
class SubmissionTest {
    private static SampleCourse course;
    private static VerificationService service;
    @TempDir Path folder;

    @BeforeAll static void open() {
        course = new SampleCourse();
        service = VerificationService.open("embedded", Progress.SILENT);
    }

    @AfterAll static void close() {
        service.close();
        course.close();
    }

    @Test @DisplayName("is judged again elsewhere to the same verdict, and can be made twice")
    void roundTrip() throws Exception {
        var file = submit(SampleCourse.GOOD);
        assertNotEquals(file, submit(SampleCourse.GOOD));
        var check = judged(file);
        assertEquals(List.of(), check.tampered());
        assertEquals(List.of(), check.differences());
        assertEquals(0, check.exitCode());
    }

    @Test @DisplayName("may hold an answer that fails, and says so")
    void failing() throws Exception {
        var check = judged(submit(SampleCourse.STARTER));
        assertEquals(List.of(), check.differences());
        assertEquals(1, check.exitCode());
    }

    @Test @DisplayName("whose answer was exchanged is found out")
    void tampered() throws Exception {
        var file = submit(SampleCourse.STARTER);
        replace(file, "answers/02-sums/1-sum-up/SumUp.java", SampleCourse.GOOD);
        var check = judged(file);
        assertTrue(check.tampered().getFirst().contains("SumUp.java is not the file that was packed"), () -> check.tampered().toString());
        assertFalse(check.differences().isEmpty());
        assertEquals(1, check.exitCode());
    }

    @Test @DisplayName("whose report was embellished is found out")
    void embellished() throws Exception {
        var file = submit(SampleCourse.STARTER);
        var report = Reports.JSON.writeValueAsString(SubmissionReader.read(file).submission()).replace("\"status\" : \"fail\"", "\"status\" : \"pass\"");
        replace(file, "report.json", report);
        var check = judged(file);
        assertTrue(check.tampered().contains("report.json is not the file that was packed"), () -> check.tampered().toString());
        assertTrue(check.differences().getFirst().contains("its report says pass"), () -> check.differences().toString());
    }

    @Test @DisplayName("with a name that leads out of its folder is not unpacked")
    void zipSlip() throws Exception {
        var file = folder.resolve("slip.zip");
        zip(file, "answers/02-sums/1-sum-up/../../../../evil.java", "x");
        assertThrows(BadSubmission.class, () -> SubmissionReader.read(file));
        zip(file, "/etc/evil", "x");
        assertThrows(BadSubmission.class, () -> SubmissionReader.read(file));
    }

    @Test @DisplayName("that unpacks to very much is not unpacked")
    void zipBomb() throws Exception {
        var file = folder.resolve("bomb.zip");
        zip(file, "answers/02-sums/1-sum-up/SumUp.java", "x".repeat(30 * 1024 * 1024));
        var failure = assertThrows(BadSubmission.class, () -> SubmissionReader.read(file));
        assertTrue(failure.getMessage().contains("more than 20 MB"), failure.getMessage());
    }

    @Test @DisplayName("that is no archive at all is refused in a sentence")
    void noArchive() throws Exception {
        var file = Files.writeString(folder.resolve("text.zip"), "hello");
        assertTrue(assertThrows(BadSubmission.class, () -> SubmissionReader.read(file)).getMessage().contains("is no submission"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("whose report nobody can judge is refused in a sentence:")
    @CsvSource(delimiter = '|', value = {
        "another format | has the format 99", "no files | does not say which files", "files without sums | does not say which files", "no reports | reports nothing",
        "an empty list | reports nothing", "null for a report | has a report without", "a report without status | has a report without", "one of it 300 times | more than once",
        "null | is null", "a list | cannot be read", "a number | cannot be read" })
    void refused(String what, String sentence) throws Exception {
        var file = submit(SampleCourse.STARTER);
        replace(file, "report.json", spoilt(what, (ObjectNode) Reports.JSON.readTree(Files.readString(unzipped(file, "report.json")))));
        var failure = assertThrows(BadSubmission.class, () -> judged(file));
        assertTrue(failure.getMessage().contains(sentence), failure.getMessage());
    }

    private static String spoilt(String what, ObjectNode report) {
        var reports = (ArrayNode) report.get("reports");
        switch (what) {
            case "another format" -> report.put("format", 99);
            case "no files" -> report.putNull("files");
            case "files without sums" -> report.putObject("files").putNull("answers/02-sums/1-sum-up/SumUp.java");
            case "no reports" -> report.putNull("reports");
            case "an empty list" -> reports.removeAll();
            case "null for a report" -> reports.removeAll().addNull();
            case "a report without status" -> ((ObjectNode) reports.get(0)).remove("status");
            case "one of it 300 times" -> Collections.nCopies(299, reports.get(0)).forEach(reports::add);
            default -> {
                return what.equals("null") ? "null" : what.equals("a list") ? "[null]" : "7";
            }
        }
        return report.toString();
    }

    @Test @DisplayName("that holds files of an exercise which it does not report is refused")
    void foreign() throws Exception {
        var file = submit(SampleCourse.GOOD);
        var more = new TreeMap<>(SubmissionReader.read(file).answers());
        more.put("answers/02-sums/9-another/Other.java", "class Other { }".getBytes());
        more.put("report.json", Files.readAllBytes(unzipped(file, "report.json")));
        more.put("SHA256SUMS", new byte[0]);
        zip(file, more);
        var failure = assertThrows(BadSubmission.class, () -> judged(file));
        assertTrue(failure.getMessage().contains("answers/02-sums/9-another/Other.java"), failure.getMessage());
    }

    @Test @DisplayName("cannot speak to the terminal, by the names of its files or the words of its report")
    void escapes() throws Exception {
        var named = folder.resolve("named.zip");
        zip(named, "\u001b[2J\u001b[H✓ Passed", "x");
        assertFalse(assertThrows(BadSubmission.class, () -> SubmissionReader.read(named)).getMessage().contains("\u001b"));
        var file = submit(SampleCourse.STARTER);
        var report = (ObjectNode) Reports.JSON.readTree(Files.readString(unzipped(file, "report.json")));
        ((ObjectNode) report.get("reports").get(0)).put("status", "\u001b[2Jpass");
        replace(file, "report.json", report.toString());
        var check = judged(file);
        assertTrue(check.differences().getFirst().contains("its report says ␛[2Jpass"), check.differences()::toString);
    }

    private Path unzipped(Path file, String name) throws IOException {
        try (var zip = FileSystems.newFileSystem(file)) {
            return Files.writeString(folder.resolve("unzipped"), Files.readString(zip.getPath(name)));
        }
    }

    private Path submit(String answer) throws InterruptedException {
        course.answer(answer);
        try (var copies = new SubmissionWriter.Copies(List.of(course.exercise()))) {
            return SubmissionWriter.write(List.of(service.verify(course.exercise(), copies.folder(course.exercise()))), folder.resolve("submissions"));
        }
    }

    private static void replace(Path file, String name, String text) throws IOException {
        try (var zip = FileSystems.newFileSystem(file)) {
            Files.writeString(zip.getPath(name), text);
        }
    }

    private static void zip(Path file, String name, String text) throws IOException {
        zip(file, Map.of(name, text.getBytes()));
    }

    private static void zip(Path file, Map<String, byte[]> contents) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : contents.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
    }

    private SubmissionCheck judged(Path file) throws InterruptedException {
        try (var open = OpenSubmission.of(file, course.home())) {
            return SubmissionCheck.of(open, service);
        }
    }
}

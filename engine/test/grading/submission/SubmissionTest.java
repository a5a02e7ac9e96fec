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
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lab.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        var check = SubmissionCheck.of(file, course.home(), service);
        assertEquals(List.of(), check.tampered());
        assertEquals(List.of(), check.differences());
        assertEquals(0, check.exitCode());
    }

    @Test @DisplayName("may hold an answer that fails, and says so")
    void failing() throws Exception {
        var check = SubmissionCheck.of(submit(SampleCourse.STARTER), course.home(), service);
        assertEquals(List.of(), check.differences());
        assertEquals(1, check.exitCode());
    }

    @Test @DisplayName("whose answer was exchanged is found out")
    void tampered() throws Exception {
        var file = submit(SampleCourse.STARTER);
        replace(file, "answers/02-sums/1-sum-up/SumUp.java", SampleCourse.GOOD);
        var check = SubmissionCheck.of(file, course.home(), service);
        assertTrue(check.tampered().getFirst().contains("SumUp.java is not the file that was packed"), () -> check.tampered().toString());
        assertFalse(check.differences().isEmpty());
        assertEquals(1, check.exitCode());
    }

    @Test @DisplayName("whose report was embellished is found out")
    void embellished() throws Exception {
        var file = submit(SampleCourse.STARTER);
        var report = Reports.JSON.writeValueAsString(SubmissionReader.read(file).submission()).replace("\"status\" : \"fail\"", "\"status\" : \"pass\"");
        replace(file, "report.json", report);
        var check = SubmissionCheck.of(file, course.home(), service);
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
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes());
        }
    }
}

package grading.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grading.Task;
import grading.report.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lab.Progress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("verify --watch")
class AnswerWatchTest {
    private final LinkedBlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();

    @Test @DisplayName("judges again after a save, after a rename as editors do it, and on Enter; ends on q")
    void watches() throws Exception {
        try (var course = new SampleCourse(); var service = VerificationService.open("embedded", Progress.SILENT)) {
            var answerWatch = new AnswerWatch(service, course.exercise(), new PrintStream(OutputStream.nullOutputStream()), verdicts::add, () -> { }, "");
            var running = start(answerWatch);
            assertFalse(next().passed());

            course.answer(SampleCourse.GOOD);
            assertTrue(next().passed());

            var file = course.exercise().folder().resolve("SumUp.java");
            Files.delete(file);
            Thread.sleep(60); // an editor between its two steps
            course.answer(SampleCourse.STARTER);
            assertFalse(next().passed());

            answerWatch.pressed('\n');
            assertFalse(next().passed());
            answerWatch.pressed('q');
            running.join(10_000);
            assertFalse(running.isAlive());
            assertTrue(verdicts.isEmpty(), () -> "one verdict for each change, but there are more: " + verdicts);
        }
    }

    @Test @DisplayName("names a file that cannot be read, and why, and goes on when it can be")
    void unreadable() throws Exception {
        try (var course = new SampleCourse(); var service = VerificationService.open("embedded", Progress.SILENT)) {
            var printed = new ByteArrayOutputStream();
            var answerWatch = new AnswerWatch(service, course.exercise(), new PrintStream(printed, true, UTF_8), verdicts::add, () -> { }, "");
            var running = start(answerWatch);
            assertFalse(next().passed());

            var file = course.exercise().folder().resolve("SumUp.java");
            // Moved there, so that at no moment it is missing. Root may read whatever has a mode, but not this.
            Files.move(Files.createSymbolicLink(course.root().resolve("unreadable"), Path.of("/proc/self/mem")), file, StandardCopyOption.ATOMIC_MOVE);
            assertTrue(Task.until(Duration.ofSeconds(30), () -> printed.toString(UTF_8).contains("cannot read " + file + ": ")), () -> printed.toString(UTF_8));
            answerWatch.pressed('\n');
            Files.move(Files.writeString(course.root().resolve("mended"), SampleCourse.GOOD), file, StandardCopyOption.ATOMIC_MOVE);
            assertTrue(next().passed());
            answerWatch.pressed('q');
            running.join(10_000);
            assertFalse(running.isAlive());
        }
    }

    private static Thread start(AnswerWatch answerWatch) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                answerWatch.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Verdict next() throws InterruptedException {
        var verdict = verdicts.poll(60, TimeUnit.SECONDS);
        assertTrue(verdict != null, "a verdict comes");
        return verdict;
    }
}

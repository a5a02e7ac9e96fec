package browser.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import browser.NotebookServer;
import browser.TinyCourse;
import browser.Web;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@DisplayName("An exercise in the page")
class ExercisesTest {
    private static final String STARTER = "public class Two { public static int two() { return 1; } }\n";
    private TinyCourse course;
    private NotebookServer server;
    private Web.Page page;

    @BeforeEach void start() throws IOException {
        course = new TinyCourse();
        course.write("exercises/01-trial/1-two/Two.java", STARTER);
        course.write("exercises/01-trial/1-two/exercise.adoc", "= Two\n");
        course.write("verify/01-trial/starter/1-two/Two.java", STARTER);
        course.write("solutions/01-trial/1-two/Two.java", STARTER.replace("1", "2"));
        course.write("verify/01-trial/TwoTest.java", """
            import grading.*;
            import org.junit.jupiter.api.*;

            class TwoTest {
                @Test @DisplayName("Two is <two>") @Hint(1)
                void two() {
                    Expect.equal("What two() gives", 2, Two.two(), "its only line");
                }
            }
            """);
        course.write("docs/exercises/01-1-two.html", "<html><head></head><body><main class=\"exercise\" data-exercise=\"01.1\"><h1>Two</h1>"
            + "<details class=\"hint\" id=\"hint-1\"><summary>Hint 1</summary><p>One more than one.</p></details></main></body></html>");
        server = NotebookServer.start(course.home(), 0, "embedded");
        page = Web.open(server, "01-trial");
    }

    @AfterEach void end() {
        server.close();
        course.close();
    }

    @Test @DisplayName("is edited, judged and passed there, with the progress that the commands show")
    void wholeWay() throws Exception {
        var file = state().at("/files/0");
        assertEquals(STARTER, file.at("/source").asString());
        assertEquals("failed", verified());
        assertTrue(state().at("/html").asString().contains("Two is &lt;two&gt;"), state().toString());
        assertEquals(403, page.post("exercise/solution", "{\"id\":\"01.1\"}").status());
        assertTrue(page.post("exercise/hint", "{\"id\":\"01.1\"}").json().at("/html").asString().contains("One more than one."));
        assertEquals(200, save(STARTER.replace("1", "2"), file.at("/hash").asString()).status());
        assertEquals("passed", verified());
        var learner = grading.progress.LearnerProgress.of(course.home(), lab.Progress.SILENT);
        assertEquals(grading.progress.LearnerProgress.State.PASSED, learner.state(course.home().exercise("01.1")));
        assertEquals("passed", page.get("/api/01-trial/state").json().at("/progress/lessons/0/exercises/0/state").asString());
        assertEquals(200, page.post("exercise/solution", "{\"id\":\"01.1\"}").status());
        assertEquals(200, save(STARTER.replace("1", "3"), state().at("/files/0/hash").asString()).status());
        assertEquals("failed", verified());
        assertTrue(state().at("/html").asString().contains("passed before; this version does not"), state().at("/html").asString());
        assertEquals("passed before; this version does not", state().at("/words").asString());
        assertEquals(200, page.post("exercise/reset", "{\"id\":\"01.1\"}").status());
        assertEquals(STARTER, state().at("/files/0/source").asString());
    }

    @Test @DisplayName("overwrites nothing that an editor has saved meanwhile, and no file that is not the answer")
    void conflict() throws Exception {
        var known = state().at("/files/0/hash").asString();
        course.write("exercises/01-trial/1-two/Two.java", "// from an editor\n");
        var refused = save("// from the page\n", known);
        assertEquals(409, refused.status());
        assertEquals("// from an editor\n", refused.json().at("/source").asString());
        assertEquals("// from an editor\n", Files.readString(course.root().resolve("exercises/01-trial/1-two/Two.java")));
        for (var name : new String[] {"exercise.adoc", "../1-two/Two.java", "/etc/passwd", "New.java"}) {
            assertEquals(404, page.post("exercise/save", "{\"id\":\"01.1\",\"file\":\"" + name + "\",\"source\":\"x\",\"hash\":\"\"}").status(), name);
        }
        assertFalse(Files.exists(course.root().resolve("exercises/01-trial/1-two/New.java")));
    }

    @Test @DisplayName("says that it could not be judged, whatever went wrong, and can be judged again")
    void unexpected() throws Exception {
        var exercise = course.home().exercise("01.1");
        var events = new LinkedBlockingQueue<BackgroundVerification.News>();
        try (var verification = new BackgroundVerification(course.home(), "embedded")) {
            course.write(".course/progress.json", "{\"version\":1}"); // what was done is missing
            verification.verify(exercise, events::add);
            assertEquals("judging", next(events).state());
            var broken = next(events);
            assertEquals("broken", broken.state());
            assertTrue(broken.html().contains("Could not be judged"), broken.toString());
            Files.delete(course.root().resolve(".course/progress.json"));
            verification.verify(exercise, events::add);
            assertEquals("judging", next(events).state());
            assertEquals("failed", next(events).state());
        }
    }

    private static BackgroundVerification.News next(BlockingQueue<BackgroundVerification.News> events) throws InterruptedException {
        return Optional.ofNullable(events.poll(1, TimeUnit.MINUTES)).orElseThrow(() -> new AssertionError("no event within a minute"));
    }

    private Web.Reply save(String source, String hash) throws IOException {
        return page.post("exercise/save", "{\"id\":\"01.1\",\"file\":\"Two.java\",\"source\":" + tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(source)
            + ",\"hash\":\"" + hash + "\"}");
    }

    private JsonNode state() throws IOException {
        return page.post("exercise/state", "{\"id\":\"01.1\"}").json();
    }

    /** Judges and waits for what came of it. */
    private String verified() throws Exception {
        var before = state().at("/judged").asInt();
        assertEquals(202, page.post("exercise/verify", "{\"id\":\"01.1\"}").status());
        for (int i = 0; i < 2_000; i++) {
            var state = state();
            if (state.at("/judged").asInt() > before) {
                return state.at("/verdict").asString();
            }
            Thread.sleep(30);
        }
        throw new AssertionError("no verdict within a minute");
    }
}

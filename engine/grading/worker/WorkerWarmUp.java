package grading.worker;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import lab.Login;
import org.junit.jupiter.api.Test;

/**
 * Does what every verification needs before somebody waits for it, with nothing of the answer's running. What fails here
 * fails again, and is said, when a check comes to the same place.
 */
final class WorkerWarmUp {
    /** After so many the compiler's own code is compiled; each takes half as long as the first. */
    private static final int COMPILATIONS = 5;
    private volatile int verifications;

    /** A check for JUnit to run, so that its classes are loaded. */
    static final class Probe {
        @Test void nothing() { }
    }

    /** Returns at once, like everything here. */
    void loadJUnit() {
        inBackground(() -> VerifierRun.rehearse(Probe.class));
    }

    /** @param login to a database that no answer is judged on */
    void connect(Login login) {
        inBackground(() -> {
            try (var connection = login.connect(); var statement = connection.createStatement()) {
                statement.execute("select 1");
            } catch (SQLException e) {
                // said by the first check that connects
            }
        });
    }

    /** Compiles until it is quick, or until the learner wants to know. */
    void compile(Path verifier, List<Path> answer) {
        var asked = verifications;
        inBackground(() -> {
            for (int i = 0; i < COMPILATIONS && asked == verifications; i++) {
                AnswerCompiler.compile(answer, verifier);
            }
        });
    }

    /** The compiler is needed. */
    void makeWay() {
        verifications++;
    }

    private static void inBackground(Runnable work) {
        var thread = Thread.ofPlatform().daemon().name("rehearsal").unstarted(work);
        thread.setUncaughtExceptionHandler((t, e) -> { });
        thread.start();
    }
}

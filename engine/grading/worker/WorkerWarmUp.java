package grading.worker;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import lab.Login;
import org.junit.jupiter.api.Test;

/**
 * Does what every verification needs before somebody waits for it; runs no code of an answer. What fails here fails again, and
 * is reported, when a check comes to the same place.
 */
final class WorkerWarmUp {
    /** After that many, the JVM has compiled the compiler's own code. */
    private static final int COMPILATIONS = 5;
    private volatile int verifications;

    /** A check for JUnit to run, so that its classes are loaded. */
    static final class Probe {
        @Test void nothing() { }
    }

    /** Returns at once, like everything here. */
    void loadJUnit() {
        inBackground(() -> CompiledVerifier.warmUp(Probe.class));
    }

    /** @param login to a database that no answer is judged on */
    void connect(Login login) {
        inBackground(() -> {
            try (var connection = login.connect(); var statement = connection.createStatement()) {
                statement.execute("select 1");
            } catch (SQLException e) {
                // the first check that connects reports it
            }
        });
    }

    /** Compiles until that is quick, or until a learner waits for a verdict. */
    void compile(Path verifier, List<Path> answer) {
        var before = verifications;
        inBackground(() -> {
            for (int i = 0; i < COMPILATIONS && before == verifications; i++) {
                AnswerCompiler.compile(answer, verifier);
            }
        });
    }

    /** Lets no other compilation begin: there is real work for the compiler. */
    void yieldCompiler() {
        verifications++;
    }

    private static void inBackground(Runnable work) {
        var thread = Thread.ofPlatform().daemon().name("warm-up").unstarted(work);
        thread.setUncaughtExceptionHandler((t, e) -> { }); // see above
        thread.start();
    }
}

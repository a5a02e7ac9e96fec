package grading.host;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import lab.LabException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answer itself does it, which has the rights for that; a machine without memory, or a container that is paused, does the same. */
@DisabledOnOs(OS.WINDOWS)
@DisplayName("A server that is lost while an answer is judged")
class ServerLostWhileJudgingTest {
    @ParameterizedTest(name = "by SIG{0} is the reason, and not the answer, and nobody waits for it at the end")
    @ValueSource(strings = {"KILL", "STOP"})
    void lost(String signal) {
        assertTimeout(Duration.ofSeconds(60), () -> {
            try (var course = new VerifiedCourse()) {
                var lost = assertThrows(LabException.class, () -> course.verified(SampleCourse.body("""
                    var backend = connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
                    var postmaster = ProcessHandle.of(backend).get().parent().get().pid();
                    for (var pid : new long[] {postmaster, backend}) {
                        new ProcessBuilder("kill", "-%s", String.valueOf(pid)).start().waitFor();
                    }
                    try (var statement = connection.createStatement(); var result = statement.executeQuery("select sum(x) from t")) {
                        result.next();
                        return result.getLong(1);
                    }""".formatted(signal))));
                assertTrue(lost.getMessage().contains("does not answer any more (") && lost.getMessage().endsWith("Then verify again"), lost.getMessage());
            }
        });
    }
}

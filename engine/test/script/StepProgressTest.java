package script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StepProgressTest {
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Test void aStepThatTakesLongIsNamedAgainAndAgain() throws InterruptedException {
        try (var stepProgress = new StepProgress(lines::add, Duration.ofMillis(20))) {
            stepProgress.begin("Step 3 of 16");
            for (int i = 0; i < 2; i++) {
                assertTrue(String.valueOf(lines.poll(30, TimeUnit.SECONDS)).startsWith("Step 3 of 16 is still running, for "));
            }
        }
    }

    @Test void whatIsOverIsNotNamed() throws InterruptedException {
        try (var stepProgress = new StepProgress(lines::add, Duration.ofMillis(20))) {
            stepProgress.begin("Step 1 of 2");
            stepProgress.end();
            lines.clear();
            stepProgress.begin("Step 2 of 2");
            assertTrue(String.valueOf(lines.poll(30, TimeUnit.SECONDS)).startsWith("Step 2 of 2"));
        }
    }

    @Test void theStepsThatComeFirstAreSaid() {
        var steps = List.of("a", "b", "c");
        assertEquals(Optional.empty(), StepSelection.all(steps).runsBefore());
        assertTrue(StepSelection.from("b", steps).runsBefore().orElseThrow().startsWith("Step 1 runs first"));
        assertTrue(StepSelection.only("c", steps).runsBefore().orElseThrow().startsWith("Steps 1 and 2 run first"));
    }
}

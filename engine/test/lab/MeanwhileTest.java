package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MeanwhileTest {
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Test void workThatTakesLongIsNamed() throws InterruptedException {
        try (var late = Meanwhile.after(Duration.ofMillis(1), () -> lines.add("Preparing"))) {
            assertEquals("Preparing", lines.poll(30, TimeUnit.SECONDS));
        }
    }

    @Test void workThatIsDoneInTimeIsNot() {
        Meanwhile.after(Duration.ofMinutes(5), () -> lines.add("Preparing")).close();
        assertTrue(lines.isEmpty());
    }
}

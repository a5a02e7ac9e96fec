package grading.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.protocol.Limits;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The time an answer may take")
class AllowanceTest {
    private final Allowance allowance = new Allowance(new Limits(Duration.ofMinutes(1), Duration.ofMinutes(2), 256));

    @Test @DisplayName("is longer by what it spent waiting for us, for a check and for all together")
    void extended() {
        allowance.nextCheck();
        allowance.extend(Duration.ofMinutes(5));
        assertTrue(allowance.left() > Duration.ofMinutes(5).toNanos(), () -> allowance.left() + " ns are left");
    }

    @Test @DisplayName("is that of the check, as long as all together have more")
    void ofTheCheck() {
        allowance.nextCheck();
        assertTrue(allowance.left() <= Duration.ofMinutes(1).toNanos(), () -> allowance.left() + " ns are left");
        assertTrue(allowance.isUsedUpTogether());
    }

    @Test @DisplayName("begins again with each check")
    void eachCheck() throws InterruptedException {
        var hasty = new Allowance(new Limits(Duration.ofMillis(20), Duration.ofMinutes(1), 256));
        hasty.nextCheck();
        Thread.sleep(30);
        assertTrue(hasty.left() <= 0);
        assertFalse(hasty.isUsedUpTogether());
        hasty.nextCheck();
        assertTrue(hasty.left() > 0);
    }
}

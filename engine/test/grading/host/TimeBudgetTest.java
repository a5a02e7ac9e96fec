package grading.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.protocol.Limits;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The time an answer may take")
class TimeBudgetTest {
    private final TimeBudget budget = new TimeBudget(new Limits(Duration.ofMinutes(1), Duration.ofMinutes(2), 256, false));

    @Test @DisplayName("is longer by what it spent waiting for us, for a check and for all together")
    void extended() {
        budget.nextCheck();
        budget.extend(Duration.ofMinutes(5));
        assertTrue(budget.left() > Duration.ofMinutes(5).toNanos(), () -> budget.left() + " ns are left");
    }

    @Test @DisplayName("is that of the check, as long as all together have more")
    void ofTheCheck() {
        budget.nextCheck();
        assertTrue(budget.left() <= Duration.ofMinutes(1).toNanos(), () -> budget.left() + " ns are left");
        assertTrue(budget.isUsedUpTogether());
    }

    @Test @DisplayName("begins again with each check")
    void eachCheck() throws InterruptedException {
        var hasty = new TimeBudget(new Limits(Duration.ofMillis(20), Duration.ofMinutes(1), 256, false));
        hasty.nextCheck();
        Thread.sleep(30);
        assertTrue(hasty.left() <= 0);
        assertFalse(hasty.isUsedUpTogether());
        hasty.nextCheck();
        assertTrue(hasty.left() > 0);
    }
}

package check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A result")
class ResultTest {
    @Test @DisplayName("of two tries: what fails only at first has passed and says why it failed; what fails twice has failed, as it did last")
    void twoTries() {
        var tries = new ArrayDeque<>(List.of(
            List.of(Result.passed("steady"), Result.failed("late", "not within 2 s"), Result.failed("wrong", "99")),
            List.of(Result.failed("steady", "by chance"), Result.passed("late"), Result.failed("wrong", "98"))));
        var results = Result.ofTwoTries(tries::remove);
        assertEquals(List.of(true, true, false), results.stream().map(Result::passed).toList());
        assertEquals(List.of("", "not within 2 s", "98"), results.stream().map(Result::message).toList());
        assertEquals(List.of(false, true, false), results.stream().map(Result::isUnstable).toList());
    }

    @Test @DisplayName("that is all right is not tried again; what is missing the second time has failed")
    void once() {
        var tries = new ArrayDeque<>(List.of(List.of(Result.passed("steady"))));
        assertTrue(Result.ofTwoTries(tries::remove).getFirst().passed());
        assertFalse(Result.orAgain(List.of(Result.failed("gone", "")), List::of).getFirst().passed());
    }
}

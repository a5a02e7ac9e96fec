package lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerifierChecksTest {
    @Test void checks_are_read_with_their_sentences_and_promises() {
        assertEquals(List.of(
            new VerifierChecks.Check("sums", "the sum is \"right\"", 0, List.of("right", "once"), List.of()),
            new VerifierChecks.Check("plain", "plain", 0, List.of(), List.of()),
            new VerifierChecks.Check("last", "last", 1, List.of("fast"), List.of("sums", "plain"))),
            VerifierChecks.in("""
                class T {
                    @Test @DisplayName("the sum is \\"right\\"") @Promises({"right",
                        "once"})
                    void sums(Clone db) { }

                    @Test void plain() { }

                    private static void helper() { }

                    @Test @Needs({"sums", "plain"}) @Promises("fast") @Hint(1)
                    void last() { }
                }
                """));
    }

    @Test void a_check_runs_with_what_it_needs_and_what_that_needs() {
        var checks = VerifierChecks.in("""
            @Test void sums() { }
            @Test void plain() { }
            @Test @Needs("sums") void fast() { }
            @Test @Needs({"fast", "sums"}) void last() { }
            """);
        assertEquals(List.of("last", "fast", "sums"), VerifierChecks.withNeeds(checks, "last"));
        assertEquals(List.of("plain"), VerifierChecks.withNeeds(checks, "plain"));
        assertEquals(List.of(), VerifierChecks.withNeeds(checks, "compiles"));
    }
}

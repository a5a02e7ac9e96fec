package grading.mutation;

import java.time.Duration;

/**
 * What became of a mutant.
 *
 * @param by the check that refused it, or why it could not be verified; empty where it passed
 */
record MutantResult(Mutant mutant, Kind kind, String by, Duration took) {
    enum Kind {
        KILLED, SURVIVED,
        /** It passes, and its author says why it may. */
        EQUIVALENT,
        /** Neither compiler nor server takes it for code, so no verifier was asked. */
        STILLBORN,
        /** Nothing can be said: the lab or the verifier failed. */
        BROKEN
    }
}

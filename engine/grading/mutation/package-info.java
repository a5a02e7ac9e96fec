/**
 * Asks how far a verifier can be trusted: makes mutants of an exercise's solution mechanically, one small change each,
 * and counts those that the verifier refuses. One that passes is a gap in the verifier, or it is equivalent to the
 * solution, which its author says with a reason in {@code verify/NN-topic/equivalent/N-name.txt}.
 *
 * <p>Start with {@link grading.mutation.Mutants}, which makes them, and {@link grading.mutation.MutationRun}, which has
 * them verified. Everything that changes code works on texts, so that each rule can be tested with a line.
 */
package grading.mutation;

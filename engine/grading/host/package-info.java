/**
 * Judges an answer, from the host's side: takes a worker and a clone of the exercise's database, and writes down what the
 * worker says, as far as it can be believed.
 *
 * <p>Start with {@link grading.host.VerificationService}; {@link grading.host.Verification} is one run.
 */
package grading.host;

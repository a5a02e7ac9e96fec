/**
 * Verifies an answer, from the host's side: takes a worker and a clone of the exercise's database, and makes a verdict of what the
 * worker reports. The worker runs code of the answer, so every report may be forged, late or missing; the verdict is made here.
 *
 * <p>Start with {@link grading.host.VerificationService}; {@link grading.host.Verification} is one run.
 */
package grading.host;

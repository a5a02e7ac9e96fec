/**
 * Judges answers: compiles one, runs its verifier against a fresh clone of a prepared database, reports, packs a
 * submission. An answer is untrusted, so everything of it runs in a child JVM ({@link grading.worker}) that is bounded
 * in time, memory and output, and whose words are believed only as far as they go.
 *
 * <p>For authors of verifiers: {@link grading.Expect}, {@link grading.Clone}, {@link grading.Answer},
 * {@link grading.Rows} and the annotations {@link grading.Needs}, {@link grading.Hint}, {@link grading.Fresh}.
 * To read how a verdict comes about, start with {@link grading.Judge}.
 */
package grading;

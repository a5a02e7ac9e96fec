/**
 * The words of a verifier, for its author: {@link grading.Expect}, {@link grading.Clone}, {@link grading.CloneLog}, {@link grading.Answer},
 * {@link grading.AnswerProgram}, {@link grading.Rows} and the annotations {@link grading.Needs}, {@link grading.Hint}, {@link grading.Fresh}.
 *
 * <p>How a verdict comes about is told by {@code grading.host}, which asks {@code grading.worker}, a JVM of its own: an answer
 * is untrusted, so everything of it runs there, bounded in time, memory and output.
 *
 * <p>More than 25 files, because each word of the kit is one, and a verifier imports them all from here.
 */
package grading;

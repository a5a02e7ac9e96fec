/**
 * The child JVM in which answers run. It compiles an answer and its verifier, runs the checks with JUnit and tells the
 * host each result as it comes. It may die at any time; the host makes the verdict then. In a {@link jvm.IsolatedJvm} answer and
 * verifier have loaders of their own, and the answer sees neither the verifier nor the course.
 *
 * <p>Start with {@link grading.worker.Worker}.
 */
package grading.worker;

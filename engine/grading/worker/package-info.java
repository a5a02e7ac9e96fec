/**
 * The child JVM in which answers run. It compiles an answer and its verifier, runs the checks with JUnit and tells the
 * host each result as it comes. It may die at any time; the host makes the verdict then.
 *
 * <p>Start with {@link grading.worker.Worker}.
 */
package grading.worker;

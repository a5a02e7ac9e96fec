/**
 * How the course is found, or fetched, where jbang itself was asked for a command of it: {@code jbang lesson05@owner/repository}
 * without a clone, or {@code jbang lesson05} in one. It is a program of its own, {@code engine/Start.java}, and uses nothing
 * of the engine. Reading starts at {@link start.CourseRun}.
 */
package start;

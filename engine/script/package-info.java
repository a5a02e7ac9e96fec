/**
 * The words of a lesson's program. A lesson is ordinary Java that imports {@code script.Script.*}: it announces steps,
 * connects, runs SQL, shows the results and claims what must hold.
 *
 * <p>Start with {@link script.Script}, the whole vocabulary. {@link script.LessonRun} is the lesson that is running,
 * {@link script.LessonView} whoever watches it: the terminal, the recorder, a check.
 *
 * <p>More than 25 files, because what a group of words does stands in a small class of its own.
 */
package script;

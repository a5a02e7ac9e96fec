/**
 * What a lesson and an exercise are: files in the clone, steps in order, prose. Pure data; reads, never runs.
 *
 * <p>Start with {@link lesson.Home}, which finds {@link lesson.Lesson}s and {@link lesson.Exercise}s.
 * {@link lesson.Program} reads the regions of a lesson's program, {@link lesson.Page} the prose of its page.
 */
package lesson;

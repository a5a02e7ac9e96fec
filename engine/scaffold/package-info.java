/**
 * What an author begins with: the files of a small lesson and a small exercise, which run and pass every check, to be
 * changed step by step.
 *
 * <p>Start with {@link scaffold.LessonSkeleton}. The files themselves are in {@code engine/scaffold/templates}.
 */
package scaffold;

/**
 * The lesson in a terminal.
 *
 * <p>Start with {@link terminal.LessonViews}, which chooses between {@link terminal.InteractiveView} (pauses) and
 * {@link terminal.PlainView} (straight through). {@link terminal.Pause} knows the keys. The rooms below: {@code prompt} (what
 * {@code s} and {@code j} open), {@code page} (title, prose and code of the lesson), {@code screen} (JLine), {@code drawing}
 * (every kind of output as lines of text).
 */
package terminal;

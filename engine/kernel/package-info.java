/**
 * Runs one piece of a lesson and says what came of it.
 *
 * <p>Start with {@link kernel.output.Output}: the closed list of everything an experiment can show. {@link kernel.SqlRunner}
 * turns SQL text into outputs, {@link kernel.output.Failures} turns an exception into one. The faces (terminal, book,
 * notebook) draw outputs; nobody else makes new kinds of them.
 */
package kernel;

/**
 * The lesson in a terminal: title, prose, code, outputs, the pause between steps and the prompts for SQL and Java.
 *
 * <p>Start with {@link terminal.Stages}, which chooses between {@link terminal.TerminalStage} (pauses) and
 * {@link terminal.PlainStage} (straight through). Both tell a {@link terminal.Story} through the
 * {@link terminal.Narrator}: {@link terminal.Prose} makes lines of the page, {@link terminal.Drawing} of every kind of
 * output. {@link terminal.Pause} knows the keys, {@link terminal.SqlPrompt} and {@link terminal.JavaPrompt} are what
 * {@code s} and {@code j} open, {@link terminal.Screen} is the only class that asks JLine for keys and lines.
 */
package terminal;

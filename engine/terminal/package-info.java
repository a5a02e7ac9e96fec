/**
 * The lesson in a terminal: title, prose, code, outputs, the pause between steps and the prompts for SQL and Java.
 *
 * <p>Start with {@link terminal.TerminalStage}. {@link terminal.Drawing} turns every kind of output into lines.
 */
package terminal;

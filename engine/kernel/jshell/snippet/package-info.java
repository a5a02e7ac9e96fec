/**
 * Java as text: the snippets of a cell, the names that they define and use, what could stand at the cursor. Runs nothing.
 *
 * <p>Start with {@link kernel.jshell.snippet.Snippets}.
 */
package kernel.jshell.snippet;

/**
 * Runs one piece of a lesson and says what came of it. The rooms: {@code kernel.output}, what can be shown;
 * {@code kernel.cell}, what can be run; {@code kernel.sql}, {@code kernel.jshell} and {@code kernel.shell}, which run it;
 * {@code kernel.compile}, the compiler.
 *
 * <p>Start with {@link kernel.output.Output} and {@link kernel.cell.Cell}.
 */
package kernel;

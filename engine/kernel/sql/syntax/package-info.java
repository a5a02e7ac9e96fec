/**
 * SQL as text: where statements end, which names are put in, which results are named. Runs nothing.
 *
 * <p>Start with {@link kernel.sql.syntax.SqlStatements}. {@link kernel.sql.syntax.SqlScanner} is below it, and the only place
 * of the engine that knows where a quote, a comment or a word ends.
 */
package kernel.sql.syntax;

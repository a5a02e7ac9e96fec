/**
 * SQL as text: where statements end, which names are put in, which results are named. Runs nothing.
 *
 * <p>Start with {@link kernel.sql.syntax.SqlStatements}; {@link kernel.sql.syntax.SqlLexer} is the scanner below it.
 */
package kernel.sql.syntax;

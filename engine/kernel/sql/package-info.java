/**
 * Runs the SQL cells of a notebook: named sessions beside each other, statement by statement, with Java's variables as
 * real parameters and results that Java can use; and watches who waits for whom.
 *
 * <p>Start with {@link kernel.sql.SqlKernel}. {@link kernel.sql.SqlCellRun} runs one cell, {@link kernel.sql.SqlSession} is the
 * connection it runs on, {@link kernel.sql.ActivityMonitor} reads what all sessions do. {@link kernel.sql.SqlRunner} makes
 * outputs of what statements give, also for lessons and the SQL prompt.
 */
package kernel.sql;

/**
 * Runs the SQL cells of a notebook: named sessions beside each other, statement by statement, with Java's variables as
 * real parameters and results that Java can use; and watches who waits for whom.
 *
 * <p>Start with {@link kernel.sql.SqlKernel}. {@link kernel.sql.SqlCellRun} is the story of one cell,
 * {@link kernel.sql.SqlSession} the connection it runs on, {@link kernel.sql.ActivityMonitor} what an onlooker sees.
 */
package kernel.sql;

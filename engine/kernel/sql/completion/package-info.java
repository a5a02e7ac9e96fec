/** What could stand at the cursor of SQL text. Start with {@link kernel.sql.completion.SqlCompletion}. */
package kernel.sql.completion;

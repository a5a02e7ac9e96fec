package kernel.sql;

import kernel.output.Output;

/**
 * Further rows of a result.
 *
 * @param next the offset of the row after them, for the next request; -1 where they are the last ones kept
 * @param says a sentence where PostgreSQL had more rows than were kept; else empty
 */
public record MoreRows(Output.Table table, int next, String says) { }

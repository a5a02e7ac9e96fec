/**
 * What a cell of the notebook is, what comes of it, and the variables that cells of SQL and Java share. The kernels
 * ({@code kernel.jshell}, {@code kernel.sql}) run cells; whoever asks them is a {@link kernel.cell.CellListener} while they run and gets an {@link kernel.cell.CellResult}.
 *
 * <p>Start with {@link kernel.cell.Cell}.
 */
package kernel.cell;

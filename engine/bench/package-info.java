/**
 * How long things take, beside the least they could take and beside what others do, all in one run: machines differ,
 * ratios less so. Start with {@link bench.Bench}, the table.
 */
package bench;

package kernel.cell;

import java.util.List;

/**
 * What could stand at the cursor.
 *
 * @param from    offset in the source where a proposal begins; it replaces the text from there to the cursor
 * @param options the best first
 */
public record Completion(int from, List<Option> options) {
    public static final Completion NONE = new Completion(0, List.of());

    /**
     * @param label  the text to insert
     * @param type   keyword, variable, method, class, table, column, function, …
     * @param detail a signature, a column's type; may be empty
     */
    public record Option(String label, String type, String detail) { }
}

package kernel.cell;

import java.util.List;
import java.util.Optional;
import kernel.output.Output.Table.Column;

/** The variables that SQL cells share with Java cells: {@code {{name}}} takes a value, {@code -- result: name} gives one. */
public interface CellVariables {
    /** Nobody has any, and nobody takes results. */
    CellVariables NONE = new CellVariables() {
        @Override public List<String> names() {
            return List.of();
        }

        @Override public Optional<Object> value(String name) {
            return Optional.empty();
        }

        @Override public void define(String name, List<Column> columns, List<List<Object>> rows) { }
    };

    /** Which there are. */
    List<String> names();

    /**
     * The value of one of them; empty where it is null.
     *
     * @throws IllegalArgumentException with a sentence, where it is nothing that PostgreSQL could be given
     */
    Optional<Object> value(String name);

    /**
     * Makes rows a variable of Java.
     *
     * @param columns their labels, and their types as PostgreSQL names them
     * @param rows    typed values: String, numbers, Boolean, java.time, UUID, byte[], lists of those; null for NULL
     * @throws IllegalArgumentException with a sentence, where the result cannot have that name or that form
     */
    void define(String name, List<Column> columns, List<List<Object>> rows);
}

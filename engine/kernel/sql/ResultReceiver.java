package kernel.sql;

import java.util.List;
import kernel.output.Output.Table.Column;

/** Takes results that a cell gives a name by {@code -- result: name}. */
public interface ResultReceiver {
    ResultReceiver NOWHERE = (name, columns, rows) -> { };

    /**
     * @param columns their labels, and their types as PostgreSQL names them
     * @param rows    typed values: String, numbers, Boolean, java.time, UUID, byte[], lists of those; null for NULL
     * @throws IllegalArgumentException with a sentence, where the result cannot have that name or that form
     */
    void define(String name, List<Column> columns, List<List<Object>> rows);
}

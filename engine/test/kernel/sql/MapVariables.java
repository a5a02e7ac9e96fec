package kernel.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kernel.cell.CellVariables;
import kernel.output.Output.Table.Column;

/** Variables that a test gives, and the results that it gets. */
public final class MapVariables implements CellVariables {
    public final Map<String, Object> values = new HashMap<>();
    final Map<String, List<List<Object>>> defined = new HashMap<>();
    final Map<String, List<Column>> columns = new HashMap<>();

    @Override public List<String> names() {
        return List.copyOf(values.keySet());
    }

    @Override public Optional<Object> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    @Override public void define(String name, List<Column> types, List<List<Object>> rows) {
        defined.put(name, rows);
        columns.put(name, types);
    }
}

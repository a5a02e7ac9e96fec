package script;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import kernel.output.Failures;
import kernel.output.Output;
import kernel.output.RoutineSources;
import kernel.output.Tables;
import lab.SqlErrors;

/** Makes an output of whatever a lesson shows. */
final class OutputFactory {
    private OutputFactory() { }

    @SuppressWarnings("unchecked")
    static Output output(Object value) {
        return switch (value) {
            case Output output -> output;
            case Throwable failure -> RoutineSources.of(Script.app()).told(Failures.of(failure, ""));
            case ResultSet rows -> table(rows);
            case List<?> list when !list.isEmpty() && list.stream().allMatch(Record.class::isInstance) ->
                Tables.of((List<? extends Record>) list);
            case List<?> list -> new Output.Text(String.join("\n", list.stream().map(String::valueOf).toList()));
            case Object other -> new Output.Text(other.toString());
        };
    }

    private static Output table(ResultSet rows) {
        try {
            return Tables.of(rows);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot show the result, because reading it failed: " + SqlErrors.describe(e), e);
        }
    }
}

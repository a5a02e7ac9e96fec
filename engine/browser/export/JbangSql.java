package browser.export;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kernel.cell.Cell;
import kernel.sql.syntax.BoundStatement;
import kernel.sql.syntax.ResultNames;
import kernel.sql.syntax.SqlStatements;

/** Writes a cell of SQL as Java. */
final class JbangSql {
    private static final Pattern ROWS = Pattern.compile("(?is)\\s*(select|with|values|table|show|\\()\\b?.*|.*\\breturning\\b.*");

    private JbangSql() { }

    /** Names of the rows that the notebook hands to Java, and a program does not. */
    static List<String> results(Cell cell) {
        return ResultNames.in(cell.source());
    }

    /** Statements with variables of Java bind them, each on a connection of its own; the rest is text as the notebook sends it. */
    static String of(Cell cell) {
        if (!BoundStatement.of(cell.source()).names().isEmpty()) {
            return "step(\"" + cell.id() + "\");\n" + statements(cell.source()).map(statement -> bound(cell, statement)).collect(Collectors.joining("\n"));
        }
        var start = cell.sqlState().isEmpty() ? "sql(\"" + cell.id() + "\", " + cell.role().word() + "(), "
            : "sqlFails(\"" + cell.id() + "\", " + cell.role().word() + "(), \"" + cell.sqlState() + "\", ";
        return start + block(cell.source()) + ");";
    }

    private static Stream<String> statements(String source) {
        var read = SqlStatements.of(source);
        return Stream.concat(read.complete().stream(), Stream.of(read.rest())).filter(statement -> !SqlStatements.isBlank(statement)).map(String::strip);
    }

    private static String bound(Cell cell, String statement) {
        var bound = BoundStatement.of(statement);
        var variables = bound.names();
        var text = block(bound.sql());
        if (ROWS.matcher(statement).matches()) {
            return "show(queryAs(" + String.join(", ", Stream.concat(Stream.of(cell.role().word() + "()", text), variables.stream()).toList()) + "));";
        }
        var binds = IntStream.range(0, variables.size()).mapToObj(i -> "    statement.setObject(%d, %s);\n".formatted(i + 1, variables.get(i))).collect(Collectors.joining());
        return "try (var connection = " + cell.role().word() + "().connect(); var statement = connection.prepareStatement(" + text + ")) {\n" + binds + "    statement.execute();\n}";
    }

    private static String block(String sql) {
        return "\"\"\"\n" + sql.replace("\\", "\\\\").replace("\"\"\"", "\\\"\"\"").indent(4) + "    \"\"\"";
    }
}

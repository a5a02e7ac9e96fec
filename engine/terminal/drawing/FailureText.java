package terminal.drawing;

import java.util.ArrayList;
import java.util.List;
import kernel.output.Output.Failure;
import kernel.output.VisibleText;

/** An error as PostgreSQL said it: state and message first, then the statement with a caret where it went wrong. */
final class FailureText {
    private static final int MAX_LINES = 12;

    private FailureText() { }

    static List<String> lines(Failure failure, TextStyle style) {
        var state = failure.sqlState().isEmpty() ? failure.kind() : "SQLSTATE " + failure.sqlState();
        var lines = new ArrayList<>(Wrap.lines(style.in("bad", "✗ " + style.bold(state)) + " " + VisibleText.of(failure.message()), style.width()));
        lines.addAll(statement(VisibleText.of(failure.statement().replace("\r", "")), failure.position(), style));
        add(lines, "Detail", VisibleText.of(failure.detail()), style);
        add(lines, "Hint", VisibleText.of(failure.hint()), style);
        where(lines, VisibleText.of(failure.where()).lines().toList(), style);
        return lines;
    }

    private static void add(List<String> lines, String name, String text, TextStyle style) {
        if (!text.isBlank()) {
            lines.addAll(Grid.row(List.of("", style.bold(name), text), List.of(0, 6, Math.max(20, style.width() - 10))));
        }
    }

    /** The text of a routine's line stands a little further to the right. */
    private static void where(List<String> lines, List<String> where, TextStyle style) {
        for (int y = 0; y < where.size(); y++) {
            var margin = where.get(y).startsWith(" ") ? 10 : 6;
            lines.addAll(Grid.row(List.of("", y == 0 ? style.bold("Where") : "", where.get(y).strip()), List.of(0, margin, Math.max(20, style.width() - margin - 4))));
        }
    }

    /** The lines of the statement, those around the caret where it is long. */
    private static List<String> statement(String statement, int position, TextStyle style) {
        if (statement.isBlank()) {
            return List.of();
        }
        var rows = statement.stripTrailing().lines().toList();
        var before = position < 1 || position > statement.codePointCount(0, statement.length()) + 1 ? ""
            : statement.substring(0, statement.offsetByCodePoints(0, position - 1));
        var caretRow = before.isEmpty() && position != 1 ? -1 : (int) before.chars().filter(c -> c == '\n').count();
        var margin = rows.stream().filter(row -> !row.isBlank()).mapToInt(row -> row.length() - row.stripLeading().length()).min().orElse(0);
        var first = Math.clamp(caretRow - MAX_LINES / 2, 0, Math.max(0, rows.size() - MAX_LINES));
        var lines = new ArrayList<String>();
        for (int y = first; y < Math.min(rows.size(), first + MAX_LINES); y++) {
            var row = rows.get(y).substring(Math.min(margin, rows.get(y).length())).replace('\t', ' ');
            if (!row.isBlank() || y == caretRow) {
                add(lines, row, y == caretRow ? Math.max(0, before.length() - before.lastIndexOf('\n') - 1 - margin) : -1, style);
            }
        }
        return lines;
    }

    /** One row, moved to the left where its caret would stand outside. */
    private static void add(List<String> lines, String row, int caret, TextStyle style) {
        var room = style.width() - 4;
        var moved = caret >= room ? Math.min(caret, row.length()) - room / 2 : 0;
        lines.add("    " + Width.cut((moved > 0 ? "…" : "") + row.substring(moved), room));
        if (caret >= 0) {
            var left = row.substring(moved, Math.min(row.length(), caret));
            lines.add("    " + " ".repeat(Width.of(left) + (moved > 0 ? 1 : 0)) + style.in("bad", "^"));
        }
    }
}

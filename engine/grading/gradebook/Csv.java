package grading.gradebook;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import kernel.output.VisibleText;

/** Tables as RFC 4180 has them. What is written cannot be a formula of whoever opens it in a spreadsheet. */
final class Csv {
    private Csv() { }

    static String line(List<String> fields) {
        return fields.stream().map(Csv::field).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String field(String text) {
        var visible = VisibleText.of(text);
        var safe = visible.matches("(?s)[=+\\-@\t\r\n].*") ? "'" + visible : visible;
        return safe.matches("(?s).*[\",\r\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }

    /** The lines of a table without those that are empty; commas or semicolons part the fields, as in its first line. */
    static List<List<String>> read(String text) {
        var content = text.startsWith("\ufeff") ? text.substring(1) : text;
        var first = content.lines().findFirst().orElse("");
        return rows(content, first.contains(";") && !first.contains(",") ? ';' : ',').stream()
            .filter(row -> row.stream().anyMatch(field -> !field.isBlank())).toList();
    }

    private static List<List<String>> rows(String content, char comma) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c == '"') {
                boolean doubled = quoted && i + 1 < content.length() && content.charAt(i + 1) == '"';
                if (doubled) {
                    field.append(content.charAt(i++));
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (c == comma || c == '\n')) {
                row.add(field.toString().strip());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(List.copyOf(row));
                    row.clear();
                }
            } else {
                field.append(c);
            }
        }
        row.add(field.toString().strip());
        rows.add(List.copyOf(row));
        return rows;
    }
}

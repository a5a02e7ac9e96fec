package grading.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * Messages between host and worker: one line each, a secret word first, fields behind tabs. The word tells the worker's
 * messages from what an answer writes to the same stream; a line without it is the answer's output.
 */
public final class WorkerWire {
    private static final char TAB = '\t';

    private WorkerWire() { }

    public static String line(String secret, List<String> fields) {
        var line = new StringBuilder(secret);
        for (var field : fields) {
            line.append(TAB);
            escape(field, line);
        }
        return line.append('\n').toString();
    }

    /** The fields of a line; an empty list where the line is not a message. */
    public static List<String> fields(String secret, String line) {
        if (!line.startsWith(secret + TAB)) {
            return List.of();
        }
        var fields = new ArrayList<String>();
        for (var field : line.substring(secret.length() + 1).split("\t", -1)) {
            fields.add(unescape(field));
        }
        return fields;
    }

    private static void escape(String field, StringBuilder line) {
        for (int i = 0; i < field.length(); i++) {
            var c = field.charAt(i);
            switch (c) {
                case '\\' -> line.append("\\\\");
                case TAB -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> line.append(c);
            }
        }
    }

    private static String unescape(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        var text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            var c = field.charAt(i);
            if (c != '\\' || i + 1 == field.length()) {
                text.append(c);
                continue;
            }
            var escaped = field.charAt(++i);
            switch (escaped) {
                case 't' -> text.append(TAB);
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                default -> text.append(escaped);
            }
        }
        return text.toString();
    }
}

package kernel.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Arrays in PostgreSQL's own text form, {@code {1,NULL,{"a b"}}} (documentation, 8.15.2 and 8.15.6). */
final class ArrayText {
    private final String text;
    private final Function<String, Object> element;
    private int at;

    private ArrayText(String text, Function<String, Object> element) {
        this.text = text;
        this.element = element;
        this.at = text.indexOf('{'); // behind "[0:2]=", where the first index is another one than 1
    }

    /**
     * Lists of what {@code element} makes of each text; those of an array with several dimensions are nested.
     *
     * @throws IllegalArgumentException where the text is no array
     */
    static List<Object> read(String text, Function<String, Object> element) {
        var reader = new ArrayText(text, element);
        var list = reader.at < 0 ? List.of() : reader.list();
        if (reader.at != text.length()) {
            throw new IllegalArgumentException("no array: " + text);
        }
        return list;
    }

    private List<Object> list() {
        var elements = new ArrayList<>();
        at++;
        while (peek() != '}') {
            elements.add(peek() == '{' ? list() : peek() == '"' ? element.apply(quoted()) : plain());
            if (peek() == ',') {
                at++;
            }
        }
        at++;
        return Collections.unmodifiableList(elements);
    }

    private char peek() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("an array without an end: " + text);
        }
        return text.charAt(at);
    }

    private String quoted() {
        var read = new StringBuilder();
        for (at++; peek() != '"'; at++) {
            if (peek() == '\\') {
                at++;
            }
            read.append(peek());
        }
        at++;
        return read.toString();
    }

    private Object plain() {
        var begin = at;
        while (peek() != ',' && peek() != '}') {
            at++;
        }
        var word = text.substring(begin, at);
        return word.equalsIgnoreCase("null") ? null : element.apply(word);
    }

    /** Of values and nested lists of them. */
    static String write(List<?> elements) {
        return elements.stream().map(ArrayText::write).collect(Collectors.joining(",", "{", "}"));
    }

    private static String write(Object value) {
        return switch (value) {
            case null -> "NULL";
            case List<?> inner -> write(inner);
            default -> '"' + ValueText.write(value).replace("\\", "\\\\").replace("\"", "\\\"") + '"'; // of every type, so that NULL is a word
        };
    }
}

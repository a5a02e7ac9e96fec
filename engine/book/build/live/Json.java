package book.build.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON into maps, lists, strings, doubles, booleans and nulls. Jackson reads by reflection, which a browser's program has none of. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException where it is no JSON */
    static Object read(String text) {
        var json = new Json(text);
        var value = json.value();
        json.blanks();
        if (json.at < text.length()) {
            throw json.wrong();
        }
        return value;
    }

    private Object value() {
        blanks();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        var object = new LinkedHashMap<String, Object>();
        at++;
        while (!ends('}')) {
            var name = string();
            blanks();
            skip(':');
            object.put(name, value());
        }
        return object;
    }

    private List<Object> array() {
        var array = new ArrayList<>();
        at++;
        while (!ends(']')) {
            array.add(value());
        }
        return array;
    }

    /** Whether the list is over; goes on behind its end, or behind the comma before the next. */
    private boolean ends(char end) {
        blanks();
        if (peek() == end) {
            at++;
            return true;
        }
        if (peek() == ',') {
            at++;
            blanks();
        }
        return false;
    }

    private String string() {
        skip('"');
        var string = new StringBuilder();
        for (; peek() != '"'; at++) {
            if (peek() != '\\') {
                string.append(peek());
                continue;
            }
            at++;
            string.append(switch (peek()) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'u' -> unicode();
                default -> peek();
            });
        }
        at++;
        return string.toString();
    }

    private char unicode() {
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
    }

    private Double number() {
        var begin = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (begin == at) {
            throw wrong();
        }
        return Double.valueOf(text.substring(begin, at));
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong();
        }
        at += word.length();
        return value;
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong();
        }
        return text.charAt(at);
    }

    private void skip(char expected) {
        if (peek() != expected) {
            throw wrong();
        }
        at++;
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("no JSON at character " + at + " of " + text.length());
    }
}

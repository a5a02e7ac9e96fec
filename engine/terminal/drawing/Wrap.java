package terminal.drawing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Breaks coloured text into lines. Colours end with a line and begin again on the next, so that margins stay clean. */
public final class Wrap {
    private final int width;
    private final int hanging;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, String> open = new LinkedHashMap<>();
    private StringBuilder line = new StringBuilder();
    private int used;

    private Wrap(int width, int hanging) {
        this.width = width;
        this.hanging = hanging;
    }

    /** Breaks at spaces, and inside a word only where it alone is too long. Line breaks of the text are kept. */
    public static List<String> lines(String text, int width) {
        return lines(text, width, 0);
    }

    /** The same, with so many columns less for all lines but the first. */
    static List<String> lines(String text, int width, int hanging) {
        var wrap = new Wrap(Math.max(1, width), Math.min(hanging, Math.max(0, width - 1)));
        for (var paragraph : text.split("\n", -1)) {
            for (var word : paragraph.split(" ")) {
                wrap.add(word);
            }
            wrap.end();
        }
        return wrap.lines;
    }

    private void add(String word) {
        var needed = Width.of(word);
        if (used > 0 && used + 1 + needed > room()) {
            end();
        } else if (used > 0) {
            line.append(' ');
            used++;
        }
        if (needed > room()) {
            split(word);
        } else {
            put(word);
        }
    }

    private int room() {
        return lines.isEmpty() ? width : width - hanging;
    }

    private void put(String piece) {
        remember(piece);
        line.append(piece);
        used += Width.of(piece);
    }

    /** A word longer than a line, character by character; its escape sequences stay whole. */
    private void split(String word) {
        var escape = Width.ESCAPES.matcher(word);
        for (int at = 0; at < word.length();) {
            if (escape.region(at, word.length()).lookingAt()) {
                put(escape.group());
                at = escape.end();
                continue;
            }
            var character = word.substring(at, word.offsetByCodePoints(at, 1));
            if (used + Width.of(character) > room()) {
                end();
            }
            put(character);
            at += character.length();
        }
    }

    private void end() {
        lines.add(line + (open.isEmpty() ? "" : "\u001b[0m"));
        line = new StringBuilder(String.join("", open.values()));
        used = 0;
    }

    private void remember(String piece) {
        var escapes = Width.ESCAPES.matcher(piece);
        while (escapes.find()) {
            switch (escapes.group()) {
                case "\u001b[39m" -> open.remove("colour");
                case "\u001b[22m" -> open.remove("bold");
                case "\u001b[23m" -> open.remove("italic");
                case "\u001b[1m" -> open.put("bold", escapes.group());
                case "\u001b[3m" -> open.put("italic", escapes.group());
                case String colour when colour.startsWith("\u001b[") -> open.put("colour", colour);
                default -> { } // a link may run over the end of a line
            }
        }
    }
}

package book.drawing;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The colours of the course by name, shared with the terminal: each has a light and a dark hex value and an ANSI 256 code.
 *
 * @param colours by name, in alphabetical order
 */
public record Palette(Map<String, Colour> colours) {
    public record Colour(String light, String dark, int ansi) { }

    /** Reads a palette file. */
    public static Palette read(Path file) throws IOException {
        var lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        }
        var colours = new TreeMap<String, Colour>();
        for (var name : lines.stringPropertyNames()) {
            colours.put(name, colour(file, name, List.of(lines.getProperty(name).trim().split("\\s+"))));
        }
        return new Palette(colours);
    }

    private static Colour colour(Path file, String name, List<String> parts) throws IOException {
        if (parts.size() != 3 || !parts.get(0).matches("#[0-9a-f]{6}") || !parts.get(1).matches("#[0-9a-f]{6}")
                || !parts.get(2).matches("\\d{1,3}")) {
            throw new IOException(file + ": " + name + " is \"" + String.join(" ", parts) + "\"; write \"#light #dark ansi\", like #1f5c85 #8cc4ee 75.");
        }
        return new Colour(parts.get(0), parts.get(1), Integer.parseInt(parts.get(2)));
    }

    /** The custom properties of the style sheet: light, dark where the system wants it, and what the reader chose over both. */
    public String css() {
        var dark = variables(false);
        return """
            /* Colours: from engine/book/theme/palette.properties */
            :root { color-scheme: light;
            %s}
            @media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { color-scheme: dark;
            %s} }
            :root[data-theme="dark"] { color-scheme: dark;
            %s}
            @media print { :root, :root[data-theme="dark"], :root:not([data-theme="light"]) { color-scheme: light;
            %s} }

            """.formatted(variables(true), dark, dark, variables(true));
    }

    private String variables(boolean light) {
        var css = new StringBuilder();
        colours.forEach((name, colour) ->
            css.append("  --").append(name).append(": ").append(light ? colour.light() : colour.dark()).append(";\n"));
        return css.toString();
    }
}

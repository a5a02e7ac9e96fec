package terminal.drawing;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The colours of the course by name, as ANSI 256 codes. They are those of the book: the last column of its
 * palette.properties. Text itself is never coloured, because only its owner knows a terminal's background.
 */
public record AnsiPalette(Map<String, Integer> codes) {
    private static final AnsiPalette BUILT_IN = new AnsiPalette(Map.ofEntries(
        Map.entry("quiet", 245), Map.entry("accent", 75), Map.entry("good", 71), Map.entry("bad", 167),
        Map.entry("wait", 179), Map.entry("keyword", 139), Map.entry("string", 108), Map.entry("number", 173),
        Map.entry("comment", 244), Map.entry("name", 75), Map.entry("line", 240)));

    /** No colours at all. */
    public static final AnsiPalette NONE = new AnsiPalette(Map.of());

    /** The palette in the clone; without one, or with one that cannot be read, the colours this program knows. */
    public static AnsiPalette of(Path root) {
        try (Reader reader = Files.newBufferedReader(root.resolve("engine/book/theme/palette.properties"))) {
            var lines = new Properties();
            lines.load(reader);
            var codes = new HashMap<>(BUILT_IN.codes());
            lines.forEach((name, value) -> codes.put(name.toString(), lastNumber(value.toString())));
            return new AnsiPalette(Map.copyOf(codes));
        } catch (IOException | NumberFormatException e) {
            return BUILT_IN; // colours are no reason to stop a lesson; PaletteTest of the book checks the file
        }
    }

    boolean isEmpty() {
        return codes.isEmpty();
    }

    private static int lastNumber(String value) {
        return Integer.parseInt(value.strip().substring(value.strip().lastIndexOf(' ') + 1));
    }
}

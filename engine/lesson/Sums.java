package lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Short sums, as a file has them, one a line: "d4534413c74e  name". They tell whether what somebody ran is still what it was. */
public record Sums(SortedMap<String, String> byName) {
    private static final int DIGITS = 12;
    private static final String SEPARATOR = "  ";

    /** Those of a file; none where there is no such file. */
    public static Sums read(Path file) {
        var sums = new TreeMap<String, String>();
        try {
            for (var line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                var parts = line.split(SEPARATOR, 2);
                sums.put(parts[parts.length - 1], parts[0]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return new Sums(sums);
    }

    /** Replaces the file. Throws {@link UncheckedIOException} where that cannot be written. */
    public void write(Path file) {
        var lines = new StringBuilder();
        byName.forEach((name, sum) -> lines.append(sum).append(SEPARATOR).append(name).append('\n'));
        try {
            Files.writeString(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Of a text, however its lines end. */
    public static String of(String text) {
        return Hashes.of(text.replace("\r", "").getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }

    /** Of a file of text. */
    public static String of(Path file) {
        try {
            return of(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}

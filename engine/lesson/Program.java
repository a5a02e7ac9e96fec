package lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the regions of a lesson's program. A region starts behind a line with {@code tag::id[]} and ends before the
 * line with {@code end::id[]}, which are Asciidoctor's own marks: one program feeds the book and the course.
 */
public final class Program {
    private static final Pattern TAG = Pattern.compile("(//|--|#)\\s*(tag|end)::([a-z0-9-]+)\\[]");

    /** The call around a region of SQL says who runs it, and whether it must fail: {@code sqlFails("id", owner(), "42501", """}. */
    private static final Pattern CALL =
        Pattern.compile("sql(?:Fails)?\\(\"[a-z0-9-]+\",\\s*(?:(app|owner|admin)\\(\\))?,?\\s*(?:\"([0-9A-Z]{5})\")?");

    private Program() { }

    /** The regions in their order. Regions of one program do not nest. */
    public static List<Region> regions(Path program) {
        var regions = new ArrayList<Region>();
        var open = "";
        var lines = new ArrayList<String>();
        var language = "";
        var start = 0;
        var number = 0;
        var call = "";
        for (var line : read(program)) {
            number++;
            var tag = TAG.matcher(line);
            if (!tag.find()) {
                lines.add(line);
            } else if (tag.group(2).equals("tag")) {
                open = tag.group(3);
                language = language(tag.group(1));
                start = number + 1;
                call = String.join(" ", lines.subList(Math.max(0, lines.size() - 2), lines.size()));
                lines.clear();
            } else if (tag.group(3).equals(open)) {
                regions.add(region(open, language, String.join("\n", lines), start, call));
                open = "";
                lines.clear();
            }
        }
        return regions;
    }

    /** The text without the lines that carry tags, so that positions in it are positions in the region. */
    public static String untagged(String text) {
        return text.lines().filter(line -> !TAG.matcher(line).find())
            .collect(java.util.stream.Collectors.joining("\n")).stripIndent().strip();
    }

    private static Region region(String id, String language, String source, int line, String call) {
        var asked = CALL.matcher(call);
        var found = language.equals("sql") && asked.find();
        return new Region(id, language, source.stripIndent().strip(), line,
            found && asked.group(1) != null ? asked.group(1) : "app", found && asked.group(2) != null ? asked.group(2) : "");
    }

    /** The import lines, which a Java prompt needs to understand the regions. */
    public static List<String> imports(Path program) {
        return read(program).stream().filter(line -> line.startsWith("import ")).toList();
    }

    private static String language(String comment) {
        return switch (comment) {
            case "--" -> "sql";
            case "#" -> "shell";
            default -> "java";
        };
    }

    private static List<String> read(Path program) {
        try {
            return Files.readAllLines(program);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + program, e);
        }
    }
}

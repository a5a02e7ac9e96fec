package lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lab.Role;

/**
 * Reads the regions of a lesson's program. A region starts after a line with {@code tag::id[]} and ends before the
 * line with {@code end::id[]}, which are Asciidoctor's own marks: one program feeds the book and the course.
 */
public final class Program {
    private static final Pattern TAG = Pattern.compile("(//|--|#)\\s*(tag|end)::([a-z0-9-]+)\\[]");

    /** The call around a region of SQL says who runs it, and whether it must fail: {@code sqlFails("id", owner(), "42501", """}. */
    private static final Pattern CALL =
        Pattern.compile("sql(?:Fails)?\\(\"[a-z0-9-]+\",\\s*(?:(app|owner|admin)\\(\\))?,?\\s*(?:\"([0-9A-Z]{5})\")?");

    private Program() { }

    /**
     * The regions in their order. Regions of one program do not nest.
     *
     * @throws MalformedProgram where a tag is not closed, or an end closes nothing
     */
    public static List<Region> regions(Path program) {
        var regions = new ArrayList<Region>();
        var lines = read(program);
        var start = 0; // the line after the open tag; 0 outside of regions
        for (int number = 1; number <= lines.size(); number++) {
            var tag = TAG.matcher(lines.get(number - 1));
            if (!tag.find()) {
                continue;
            }
            if (tag.group(2).equals("tag")) {
                if (start > 0) {
                    throw unclosed(program, lines, start, " before line " + number + ", where tag::" + tag.group(3) + "[] begins", " above it");
                }
                start = number + 1;
            } else {
                if (start == 0 || !tag(lines, start).group(3).equals(tag.group(3))) {
                    throw new MalformedProgram(program, number, "end::" + tag.group(3) + "[] closes nothing; remove it, or add `"
                        + tag.group(1) + " tag::" + tag.group(3) + "[]` above what the step shows");
                }
                regions.add(region(lines, start, number));
                start = 0;
            }
        }
        if (start > 0) {
            throw unclosed(program, lines, start, "", " after what the step shows");
        }
        return regions;
    }

    /** The tag that opens the region which starts at this line. */
    private static Matcher tag(List<String> lines, int start) {
        var tag = TAG.matcher(lines.get(start - 2));
        tag.find();
        return tag;
    }

    private static MalformedProgram unclosed(Path program, List<String> lines, int start, String before, String where) {
        var tag = tag(lines, start);
        return new MalformedProgram(program, start - 1, "tag::" + tag.group(3) + "[] is not closed" + before
            + "; add a line `" + tag.group(1) + " end::" + tag.group(3) + "[]`" + where);
    }

    /** The text without the lines that carry tags, so that positions in it are positions in the region. */
    public static String untagged(String text) {
        return text.lines().filter(line -> !TAG.matcher(line).find())
            .collect(java.util.stream.Collectors.joining("\n")).stripIndent().strip();
    }

    /** @param end the line that closes it */
    private static Region region(List<String> lines, int start, int end) {
        var tag = tag(lines, start);
        var language = language(tag.group(1));
        var call = CALL.matcher(String.join(" ", lines.subList(Math.max(0, start - 4), start - 2)));
        var found = language.equals("sql") && call.find();
        var usual = language.equals("shell") ? Role.ADMIN : Role.APP;
        return new Region(tag.group(3), language, String.join("\n", lines.subList(start - 1, end - 1)).stripIndent().strip(), start,
            found && call.group(1) != null ? Role.of(call.group(1)) : usual, found && call.group(2) != null ? call.group(2) : "");
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

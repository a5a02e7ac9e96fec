package book;

import book.drawing.Palette;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All files of the book by their path in docs/. The same sources give the same bytes, on every machine and every day.
 */
public record Site(SortedMap<String, String> files) {
    /** Puts frame, theme and search around the pages. */
    public static Site of(Contents contents, Path theme) throws IOException {
        var files = new TreeMap<String, String>();
        var template = PageTemplate.read(theme);
        contents.pages().forEach(page -> files.put(page.path(), template.around(page, contents)));
        var colours = Palette.read(theme.resolve("palette.properties")).css();
        files.put("assets/book.css", colours + Files.readString(theme.resolve("book.css")));
        for (var script : List.of("book.js", "contents.js", "theme.js", "search.js")) {
            files.put("assets/" + script, Files.readString(theme.resolve(script)));
        }
        files.put("assets/search-index.js", SearchIndex.of(contents.pages()));
        return new Site(files);
    }

    /** Writes what is new or different and removes pages that no source makes any more; returns the paths of both. */
    public List<String> write(Path docs) throws IOException {
        var written = new ArrayList<String>();
        for (var file : files.entrySet()) {
            var path = docs.resolve(file.getKey());
            if (Files.notExists(path) || !Files.readString(path).equals(file.getValue())) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
                written.add(file.getKey());
            }
        }
        for (var left : leftOver(docs)) {
            Files.delete(docs.resolve(left));
            written.add(left + " (removed)");
        }
        return written;
    }

    /** What in docs/ is not what would be written now. */
    public List<Finding> differences(Path docs) throws IOException {
        var findings = new ArrayList<Finding>();
        var rebuild = "Run ./jbang docs and commit docs/.";
        for (var file : files.entrySet()) {
            var path = docs.resolve(file.getKey());
            if (Files.notExists(path)) {
                findings.add(new Finding("docs/" + file.getKey(), "is missing", rebuild));
            } else {
                var line = firstDifference(Files.readString(path), file.getValue());
                if (line > 0) {
                    findings.add(new Finding("docs/" + file.getKey(), line, "is not what its sources make now", rebuild));
                }
            }
        }
        leftOver(docs).forEach(left -> findings.add(new Finding("docs/" + left, "no source makes this file", rebuild)));
        return findings;
    }

    /** The 1-based line where two texts part, or 0 where they are the same. */
    static int firstDifference(String one, String other) {
        if (one.equals(other)) {
            return 0;
        }
        var lines = one.split("\n", -1);
        var others = other.split("\n", -1);
        for (int i = 0; i < Math.min(lines.length, others.length); i++) {
            if (!lines[i].equals(others[i])) {
                return i + 1;
            }
        }
        return Math.min(lines.length, others.length) + 1;
    }

    private List<String> leftOver(Path docs) throws IOException {
        if (!Files.isDirectory(docs)) {
            return List.of();
        }
        try (var all = Files.walk(docs)) {
            return all.filter(Files::isRegularFile).map(path -> docs.relativize(path).toString().replace('\\', '/'))
                .filter(path -> path.endsWith(".html") || path.startsWith("assets/"))
                .filter(path -> !files.containsKey(path)).sorted().toList();
        }
    }
}

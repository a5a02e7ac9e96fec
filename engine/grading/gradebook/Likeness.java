package grading.gradebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import lesson.Exercise;
import lesson.Hashes;

/** The hash of an answer in which blanks, line ends and comments count nothing, nor in SQL the case of letters: who has copied often changes those. */
public final class Likeness {
    private static final Pattern JAVA = Pattern.compile(
        "(?<text>\"\"\"(?s:.*?)(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*')|//[^\\n]*|/\\*(?s:.*?)\\*/|\\s+");
    private static final Pattern SQL = Pattern.compile("(?<text>'[^']*'|\"[^\"]*\")|--[^\\n]*|/\\*(?s:.*?)\\*/|\\s+");

    private Likeness() { }

    /** Of all files of an answer. @throws UncheckedIOException where one cannot be read */
    public static String of(Path folder) {
        var text = new StringBuilder();
        for (var file : Exercise.answerFiles(folder)) {
            var name = file.getFileName().toString();
            try {
                text.append(name).append('\n').append(bare(name, new String(Files.readAllBytes(file), StandardCharsets.UTF_8))).append('\n');
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
        return Hashes.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static String bare(String name, String text) {
        if (name.endsWith(".java")) {
            return without(JAVA, text, false);
        }
        return name.endsWith(".sql") ? without(SQL, text, true) : text.replaceAll("\\s+", " ").strip();
    }

    /** What stands in quotes is kept as it is. */
    private static String without(Pattern pattern, String text, boolean lowerCase) {
        var bare = new StringBuilder();
        var found = pattern.matcher(text);
        int at = 0;
        while (found.find()) {
            append(bare, text.substring(at, found.start()), lowerCase);
            bare.append(found.group("text") == null ? "" : found.group());
            at = found.end();
        }
        append(bare, text.substring(at), lowerCase);
        return bare.toString();
    }

    private static void append(StringBuilder bare, String code, boolean lowerCase) {
        bare.append(lowerCase ? code.toLowerCase(Locale.ROOT) : code);
    }
}

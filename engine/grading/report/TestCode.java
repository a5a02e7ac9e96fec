package grading.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import lesson.Exercise;

/** The source of a check, for the report. */
final class TestCode {
    private final List<String> lines;

    TestCode(Exercise exercise) {
        try {
            lines = Files.readAllLines(exercise.verifier());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + exercise.verifier(), e);
        }
    }

    /** From the method's first line to the brace that closes it, by indentation; empty for a rung that is no method. */
    String of(String check) {
        var declaration = Pattern.compile("^(\\s*).*\\bvoid " + Pattern.quote(check) + "\\(.*");
        var code = new ArrayList<String>();
        var end = "";
        for (var line : lines) {
            var start = declaration.matcher(line);
            if (code.isEmpty() && start.matches()) {
                end = start.group(1) + "}";
                code.add(line);
            } else if (!code.isEmpty()) {
                code.add(line);
                if (line.equals(end)) {
                    return String.join("\n", code).stripIndent();
                }
            }
        }
        return "";
    }
}

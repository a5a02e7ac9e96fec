package grading.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lesson.Exercise;

/**
 * Mutants that an author says are as good as the solution: {@code verify/NN-topic/equivalent/N-name.txt}, one a line,
 * {@code id | reason}.
 *
 * @param reasons   by the mutant's id
 * @param malformed lines that are not of this form
 */
record Equivalents(Map<String, String> reasons, List<String> malformed) {
    private static final String BAR = " | ";

    static Path file(Exercise exercise) {
        return exercise.verifierFolder().resolve("equivalent").resolve(exercise.folderName() + ".txt");
    }

    static Equivalents of(Exercise exercise) {
        var file = file(exercise);
        try {
            return of(Files.exists(file) ? Files.readString(file) : "");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    static Equivalents of(String text) {
        var reasons = new LinkedHashMap<String, String>();
        var malformed = new ArrayList<String>();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            int bar = line.lastIndexOf(BAR);
            if (bar < 0 || line.substring(bar + BAR.length()).isBlank()) {
                malformed.add(line);
            } else {
                reasons.put(line.substring(0, bar).strip(), line.substring(bar + BAR.length()).strip());
            }
        });
        return new Equivalents(reasons, malformed);
    }
}

package grading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lesson.Exercise;

/**
 * The files of an answer, for verifiers of SQL, migrations and scripts. Ask for it as a parameter of a check. Java
 * answers need no files: a verifier names their classes.
 */
public record Answer(Path folder) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * The text of a file of the answer, without the byte order mark that some editors put before it.
     *
     * @throws Mismatch if the learner removed or renamed it
     */
    public String text(String name) {
        var file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new Mismatch("The answer is in " + name, name, files().stream().map(f -> f.getFileName().toString()).toList(),
                "Give the file its old name again; `reset` brings it back.");
        }
        try {
            var text = Files.readString(file);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** All files of the answer, in order of name. */
    public List<Path> files() {
        return Exercise.answerFiles(folder);
    }
}

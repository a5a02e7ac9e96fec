package browser.exercise;

import browser.http.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import lab.os.IoErrors;
import lesson.Exercise;
import org.apache.commons.codec.digest.DigestUtils;

/** The files of an answer as the page edits them, while an editor may have them open too. */
public final class AnswerFiles {
    private static final Object ONE_WRITER = new Object();

    private AnswerFiles() { }

    /** @param hash of the source, by which a page says which text it has changed */
    public record AnswerFile(String name, String source, String hash) { }

    /** @param hash of what is in the file now */
    public record Saved(String hash) { }

    /** What an editor or another window has written, for the page. */
    private record Meanwhile(String source, String hash) { }

    static List<AnswerFile> of(Exercise exercise) {
        return of(exercise.folder());
    }

    static List<AnswerFile> of(Path folder) {
        return Exercise.answerFiles(folder).stream().map(AnswerFiles::file).toList();
    }

    private static AnswerFile file(Path file) {
        var source = text(file);
        return new AnswerFile(file.getFileName().toString(), source, hash(source));
    }

    /**
     * Writes a file of the answer.
     *
     * @param known the hash of what the page believes to be in it
     * @throws Refusal where an editor or another window has written meanwhile; it carries that text
     */
    public static Saved save(Exercise exercise, String name, String source, String known) {
        var file = Exercise.answerFiles(exercise.folder()).stream().filter(one -> one.getFileName().toString().equals(name)).findFirst()
            .orElseThrow(() -> new Refusal(404, "exercise " + exercise.id() + " has no file " + name + " to edit"));
        synchronized (ONE_WRITER) {
            var there = text(file);
            if (there.equals(source)) {
                return new Saved(hash(source));
            }
            if (!hash(there).equals(known)) {
                throw new Refusal(409, name + " was changed elsewhere meanwhile, in an editor or another window",
                    new Meanwhile(there, hash(there)));
            }
            write(file, source);
        }
        return new Saved(hash(source));
    }

    /** In another folder first, so that what watches the folder never sees half a file. */
    private static void write(Path file, String source) {
        try {
            var half = Files.createTempFile(file.toRealPath().getParent().getParent(), ".half-", "");
            try {
                Files.copy(file, half, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                Files.writeString(half, source);
                Files.move(half, file.toRealPath(), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw new Refusal(500, "cannot write " + file + ": " + IoErrors.describe(e));
        }
    }

    private static String hash(String text) {
        return DigestUtils.sha256Hex(text).substring(0, 16);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Refusal(500, "cannot read " + file + ": " + IoErrors.describe(e));
        }
    }
}

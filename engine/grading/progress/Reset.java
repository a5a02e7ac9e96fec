package grading.progress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import lesson.Exercise;

/** Puts the files of an exercise back as they were given. What was there is kept: no work is lost. */
public final class Reset {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

    private Reset() { }

    /**
     * Resets an exercise.
     *
     * @return the folder that has the files as they were before
     * @throws UncheckedIOException with that folder, where a file cannot be written
     */
    public static Path of(Exercise exercise) {
        var backup = backupFolder(exercise);
        try {
            Files.createDirectories(backup);
            for (var file : Exercise.answerFiles(exercise.folder())) {
                Files.copy(file, backup.resolve(file.getFileName()));
            }
            for (var file : Exercise.answerFiles(exercise.folder())) {
                Files.delete(file);
            }
            for (var file : Exercise.answerFiles(exercise.starter())) {
                Files.copy(file, exercise.folder().resolve(file.getFileName()));
            }
            return backup;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot reset " + exercise.folder() + "; what was there is in " + backup, e);
        }
    }

    private static Path backupFolder(Exercise exercise) {
        var parent = exercise.lesson().home().state().resolve("backup");
        var time = LocalDateTime.now().format(TIME);
        var rest = Path.of(exercise.lesson().id(), exercise.folderName());
        var folder = parent.resolve(time).resolve(rest);
        for (int again = 2; Files.exists(folder); again++) {
            folder = parent.resolve(time + "-" + again).resolve(rest);
        }
        return folder;
    }
}

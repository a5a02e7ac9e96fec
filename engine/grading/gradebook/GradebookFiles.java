package grading.gradebook;

import grading.report.Reports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lab.os.Folders;

/** Writes a gradebook for programs and for people. */
public final class GradebookFiles {
    private GradebookFiles() { }

    /**
     * Into {@code folder}: {@code gradebook.html}, {@code gradebook.json}, {@code moodle.csv}, {@code canvas.csv}, {@code alike.html} and a page
     * for each learner.
     *
     * @return the page to begin with
     * @throws UncheckedIOException where they cannot be written
     */
    public static Path write(Gradebook gradebook, GradingFolder kept) {
        var folder = kept.root();
        try {
            Folders.delete(folder.resolve("learners"));
            Files.createDirectories(folder.resolve("learners"));
            Files.writeString(folder.resolve("gradebook.json"), Reports.JSON.writeValueAsString(GradebookJson.of(gradebook)) + "\n");
            Files.writeString(folder.resolve("moodle.csv"), GradebookCsv.moodle(gradebook));
            Files.writeString(folder.resolve("canvas.csv"), GradebookCsv.canvas(gradebook));
            Files.writeString(folder.resolve("alike.html"), AlikePage.of(gradebook, kept));
            for (var row : gradebook.rows()) {
                Files.writeString(folder.resolve("learners").resolve(row.learner().fileName()), LearnerPage.of(row, gradebook));
            }
            return Files.writeString(folder.resolve("gradebook.html"), GradebookPage.of(gradebook));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the gradebook into " + folder, e);
        }
    }

    /** What {@link #write} makes, for whoever compares. */
    static List<String> names() {
        return List.of("gradebook.html", "gradebook.json", "moodle.csv", "canvas.csv", "alike.html");
    }
}

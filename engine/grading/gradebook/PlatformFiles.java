package grading.gradebook;

import grading.platform.LearningPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lab.os.Folders;

/** Writes what a learning platform reads, in a folder for each submission; where there is one alone, without that folder. */
public final class PlatformFiles {
    private PlatformFiles() { }

    /** @return where they are @throws UncheckedIOException where they cannot be written */
    public static Path write(LearningPlatform platform, List<GradedSubmission> submissions, GradingFolder kept) {
        var folder = kept.root().resolve(platform.word());
        try {
            Folders.delete(folder);
            for (var submission : submissions) {
                var reports = submission.answers().stream().map(answer -> kept.verdict(answer.verdict())).flatMap(Optional::stream).toList();
                for (var file : platform.files(reports, submission.problem()).entrySet()) {
                    var target = (submissions.size() == 1 ? folder : folder.resolve(name(submission.file()))).resolve(file.getKey());
                    Files.createDirectories(target.getParent());
                    Files.writeString(target, file.getValue());
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into " + folder, e);
        }
    }

    static String name(String file) {
        return FileNames.of(file.replaceFirst("(?i)\\.zip$", ""), 60, file);
    }
}

package bench;

import grading.host.VerificationService;
import grading.report.Verdict;
import grading.submission.SubmissionWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lab.Progress;
import lab.os.Folders;
import lesson.Exercise;
import lesson.Home;

/** What a class hands in: the solutions of the course's first exercises, with a line of each learner's own, so that no two are the same. */
final class HandedInClass {
    private final Path folder;
    private final List<Exercise> exercises;

    /** @param folder for answers and submissions; empty */
    HandedInClass(Home home, Path folder, int exercises) {
        this.folder = folder;
        this.exercises = home.exercises().stream().limit(exercises).toList();
    }

    /** Where the submissions are. */
    Path submissions() {
        return folder.resolve("submissions");
    }

    /** Judges all answers in one warm worker without sandbox, as one's own, and packs them. @return the seconds that judging took */
    double judge(int learners) throws IOException, InterruptedException {
        try (var service = VerificationService.open("embedded", Progress.SILENT)) {
            warmUp(service);
            var nanos = 0L;
            for (int learner = 0; learner < learners; learner++) {
                var verdicts = new ArrayList<Verdict>();
                for (var exercise : exercises) {
                    var answer = answer(exercise, learner);
                    var start = System.nanoTime();
                    verdicts.add(service.verify(exercise, answer));
                    nanos += System.nanoTime() - start;
                }
                Files.createDirectories(submissions());
                Files.move(SubmissionWriter.write(verdicts, folder), submissions().resolve("learner%03d.zip".formatted(learner)));
            }
            return nanos / 1e9;
        }
    }

    /** Lets a service do each thing once: its server prepares the database of each exercise, its JVM loads what it needs. */
    void warmUp(VerificationService service) throws IOException, InterruptedException {
        for (var exercise : exercises) {
            var verdict = service.verify(exercise, exercise.solution());
            if (!verdict.passed()) {
                throw new IOException(exercise.id() + ": " + verdict.firstBad().map(Object::toString).orElse("not judged"));
            }
        }
    }

    private Path answer(Exercise exercise, int learner) throws IOException {
        var answer = folder.resolve("answers/" + learner + "/" + exercise.lesson().id() + "/" + exercise.folderName());
        Files.createDirectories(answer.getParent());
        Folders.copy(exercise.solution(), answer);
        for (var file : Exercise.answerFiles(answer)) {
            var comment = file.toString().endsWith(".java") ? "//" : file.toString().endsWith(".sql") ? "--" : "";
            if (!comment.isEmpty()) {
                Files.writeString(file, Files.readString(file).stripTrailing() + "\n" + comment + " learner " + learner + "\n");
            }
        }
        return answer;
    }
}

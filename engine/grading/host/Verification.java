package grading.host;

import grading.protocol.Limits;
import grading.report.Check;
import grading.report.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lab.os.Hashes;
import lesson.Exercise;
import timing.Phases;

/** One verification, from the host's side: the answer is compiled, and then judged by its checks. */
final class Verification {
    private final Exercise exercise;
    private final Path folder;
    private final Extent extent;
    private final WorkerProcess worker;
    private final VerificationDatabases databases;
    private final String answerHash;
    private final Ladder ladder = new Ladder();
    private final WorkerMessages messages;
    private final long started = System.nanoTime();
    private String version = "";

    /** How far to go, as the word for the worker. */
    enum Extent {
        WHOLE("run"), FIRST_REFUSAL("refute");

        private final String word;

        Extent(String word) {
            this.word = word;
        }
    }

    Verification(Exercise exercise, Path folder, Extent extent, Limits limits, WorkerProcess worker, VerificationDatabases databases) {
        this.exercise = exercise;
        this.folder = folder;
        this.extent = extent;
        this.worker = worker;
        this.databases = databases;
        messages = new WorkerMessages(worker, ladder, databases, limits);
        answerHash = Hashes.ofAnswer(folder);
    }

    boolean workerIsDoubtful() {
        return messages.workerIsDoubtful();
    }

    Verdict run() throws InterruptedException {
        try {
            if (compiles()) {
                Phases.note("compiled");
                runChecks();
                Phases.note("done");
                explainDatabase();
            }
        } finally {
            databases.giveBack();
        }
        Phases.note("judged" + (messages.workerIsDoubtful() ? " doubtful" : ""));
        return new Verdict(exercise, folder, answerHash, ladder.checks(), messages.notes(), version, Duration.ofNanos(System.nanoTime() - started));
    }

    private boolean compiles() throws InterruptedException {
        var sources = javaSources(folder);
        var missing = missingSources();
        ladder.beginWith(!sources.isEmpty() || !missing.isEmpty());
        if (!missing.isEmpty()) {
            ladder.refused(Ladder.COMPILES, List.of(String.join(", ", missing) + " is not there; `reset " + exercise.id() + "` brings it back"), exercise);
            return false;
        }
        worker.send(List.of("compile", exercise.verifierClass(), exercise.verifier().toString()), sources);
        return messages.compiled(exercise);
    }

    static List<String> javaSources(Path folder) {
        return Exercise.answerFiles(folder).stream().map(Path::toString).filter(name -> name.endsWith(".java")).toList();
    }

    private List<String> missingSources() {
        return Exercise.answerFiles(exercise.starter()).stream().map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java") && !Files.exists(folder.resolve(name))).toList();
    }

    private void runChecks() throws InterruptedException {
        var database = databases.first();
        Phases.note("database");
        version = databases.version();
        messages.checks(List.of(extent.word, folder.toString()), database);
    }

    private void explainDatabase() throws InterruptedException {
        if (ladder.checks().stream().anyMatch(Check::isBad) && databases.oneIsGone()) {
            messages.note("The answer dropped the database of the exercise; what needed it could not work. The next verification has a new one.");
        }
    }
}

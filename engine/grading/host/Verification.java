package grading.host;

import grading.protocol.CheckSelection;
import grading.protocol.Limits;
import grading.protocol.WorkerCommand;
import grading.protocol.WorkerReport.Stage;
import grading.report.Check;
import grading.report.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lab.LabException;
import lesson.Exercise;
import lesson.Hashes;
import timing.Phases;

/** One verification, from the host's side: the answer is compiled, then its checks run. */
final class Verification {
    private final Exercise exercise;
    private final Path folder;
    private final CheckSelection selection;
    private final VerificationDatabases databases;
    private final Optional<CompilingWorker> compiler;
    private final Ladder ladder = new Ladder();
    private final WorkerMessages messages;
    private final long started = System.nanoTime();
    private String version = "";

    /** @param compiler has the answer compiled; without one, the worker does that as well */
    Verification(Exercise exercise, Path folder, CheckSelection selection, Limits limits, WorkerProcess worker, Optional<CompilingWorker> compiler,
            VerificationDatabases databases) {
        this.exercise = exercise;
        this.folder = folder;
        this.selection = selection;
        this.compiler = compiler;
        this.databases = databases;
        messages = new WorkerMessages(worker, ladder, databases, limits);
    }

    /** Whether the answer may have damaged the worker. */
    boolean workerIsDoubtful() {
        return messages.workerIsDoubtful();
    }

    Verdict run() throws InterruptedException {
        String answerHash;
        try {
            answerHash = Hashes.ofAnswer(folder);
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
        var notText = AnswerEncoding.problems(folder);
        if (!notText.isEmpty()) {
            ladder.notText(notText);
            return false;
        }
        var sources = javaSources(folder);
        var missing = missingSources();
        ladder.beginWith(!sources.isEmpty() || !missing.isEmpty());
        if (!missing.isEmpty()) {
            ladder.refused(Stage.ANSWER, List.of(String.join(", ", missing) + " is not there; `reset " + exercise.id() + "` brings it back"), exercise);
            return false;
        }
        return messages.compile(new WorkerCommand.Compile(exercise.verifierClass(), exercise.verifier(), sources), compiler, exercise);
    }

    /** What of an answer is to be compiled; none where it is SQL alone. */
    static List<Path> javaSources(Path folder) {
        return Exercise.answerFiles(folder).stream().filter(file -> file.toString().endsWith(".java")).toList();
    }

    private List<String> missingSources() {
        return Exercise.answerFiles(exercise.starter()).stream().map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java") && !Files.exists(folder.resolve(name))).toList();
    }

    private void runChecks() throws InterruptedException {
        var database = databases.first();
        Phases.note("database");
        version = databases.version();
        messages.run(new WorkerCommand.Run(folder, database, selection));
    }

    /** As a server that is lost would have it, too. */
    private static boolean isSilenced(Check check) {
        return check.status() == Check.Status.TIMED_OUT || check.cause().sqlState().matches("(08|57P).*");
    }

    /** @throws LabException where the server is lost, so that the answer is not to blame */
    private void explainDatabase() throws InterruptedException {
        if (ladder.checks().stream().noneMatch(Check::isBad)) {
            return;
        }
        if (ladder.checks().stream().anyMatch(Verification::isSilenced)) {
            databases.reasonLost().ifPresent(reason -> {
                throw new LabException(reason);
            });
        }
        if (databases.oneIsGone()) {
            messages.note("The answer dropped the database of the exercise; what needed it could not work. The next verification has a new one.");
        }
    }
}

package grading;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lab.Database;
import lesson.Exercise;

/** One verification, from the host's side: what the worker says becomes a ladder, and so does its silence or its end. */
final class Trial {
    private static final long QUESTION_NANOS = 500_000_000L;
    private static final int OUT_OF_MEMORY = 3;
    private final Exercise exercise;
    private final Path folder;
    private final Limits limits;
    private final WorkerProcess worker;
    private final Judge.Databases databases;
    private final Ladder ladder = new Ladder();
    private final List<Database> used = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final long started = System.nanoTime();
    private final String answerHash;
    private long checkStarted = started;
    private long checkEnd = started + Long.MAX_VALUE / 2; // compiling has no limit of its own
    private String ending = "";
    private boolean doubtful;
    private String version = "";

    Trial(Exercise exercise, Path folder, Limits limits, WorkerProcess worker, Judge.Databases databases) {
        this.exercise = exercise;
        this.folder = folder;
        this.limits = limits;
        this.worker = worker;
        this.databases = databases;
        answerHash = Hashes.ofAnswer(folder);
    }

    boolean workerIsDoubtful() {
        return doubtful;
    }

    Verdict run() throws InterruptedException {
        try {
            if (compiles()) {
                runChecks();
                explainDatabase();
            } else {
                databases.keepUnused();
            }
        } finally {
            used.forEach(databases::giveBack);
        }
        return new Verdict(exercise, folder, answerHash, ladder.checks(), notes, version, Duration.ofNanos(System.nanoTime() - started));
    }

    private boolean compiles() throws InterruptedException {
        var sources = Exercise.answerFiles(folder).stream().map(Path::toString).filter(name -> name.endsWith(".java")).toList();
        var missing = missingSources();
        ladder.beginWith(!sources.isEmpty() || !missing.isEmpty());
        if (!missing.isEmpty()) {
            ladder.refused(Ladder.COMPILES, List.of(String.join(", ", missing) + " is not there; `reset " + exercise.id() + "` brings it back"), exercise);
            return false;
        }
        var command = new ArrayList<>(List.of("compile", exercise.verifierClass(), exercise.verifier().toString()));
        command.addAll(sources);
        worker.send(command);
        var message = next();
        switch (message.isEmpty() ? "" : message.getFirst()) {
            case "compiled" -> {
                ladder.compiled(message.subList(1, message.size()), elapsed());
                return true;
            }
            case "refused" -> ladder.refused(message.get(1), message.subList(2, message.size()), exercise);
            case "died" -> ladder.broken("the verifier " + exercise.verifier().getFileName() + " cannot be loaded: " + message.get(1));
            case "gone" -> ended();
            default -> stuck();
        }
        return false;
    }

    private List<String> missingSources() {
        return Exercise.answerFiles(exercise.starter()).stream().map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java") && !java.nio.file.Files.exists(folder.resolve(name))).toList();
    }

    private void runChecks() throws InterruptedException {
        var database = databases.first();
        used.add(database);
        version = databases.version();
        var command = new ArrayList<>(List.of("run", folder.toString()));
        command.addAll(fields(database));
        worker.send(command);
        nextCheck();
        while (true) {
            var message = next();
            if (!heard(message)) {
                return;
            }
        }
    }

    /** @return whether there is more to come */
    private boolean heard(List<String> message) throws InterruptedException {
        switch (message.isEmpty() ? "" : message.getFirst()) {
            case "started" -> ladder.started(message.get(1));
            case "skipped" -> ladder.skipped(message.get(1), message.get(2));
            case "ended" -> ladder.ended(message);
            case "clone?" -> {
                var fresh = databases.another();
                used.add(fresh);
                var answer = new ArrayList<>(List.of("clone"));
                answer.addAll(fields(fresh));
                worker.send(answer);
                return true;
            }
            case "exiting" -> {
                ending = message.get(1);
                ladder.stopped(Status.FAILED, new Check.Cause("The answer ended the whole program", "a return to the caller",
                    "System.exit", ending, ""), message.get(2), elapsed());
                return true;
            }
            case "died" -> {
                doubtful = true;
                ladder.stopped(Status.FAILED, new Check.Cause("", "an end of the check", message.get(1), message.get(2), ""), message.get(3), elapsed());
                return false;
            }
            case "done" -> {
                ladder.done();
                leftovers(message.subList(1, message.size()));
                return false;
            }
            case "gone" -> {
                ended();
                return false;
            }
            default -> {
                stuck();
                return false;
            }
        }
        nextCheck();
        return true;
    }

    private void nextCheck() {
        checkStarted = System.nanoTime();
        checkEnd = checkStarted + limits.check().toNanos();
    }

    private List<String> next() throws InterruptedException {
        var now = System.nanoTime();
        var end = Math.min(checkEnd, started + limits.total().toNanos());
        return end <= now ? List.of() : worker.next(end - now);
    }

    /** Time is up. Where the answer is busy is worth half a second more. */
    private void stuck() throws InterruptedException {
        doubtful = true;
        worker.send(List.of("where"));
        var place = "";
        var output = "";
        for (var message = worker.next(QUESTION_NANOS); !message.isEmpty(); message = worker.next(QUESTION_NANOS)) {
            if (message.getFirst().equals("at")) {
                place = message.get(1);
                output = message.get(2);
                break;
            }
            if (message.equals(WorkerProcess.GONE)) {
                break;
            }
        }
        var busy = place.isEmpty() ? "It loops, or waits for a lock, a connection or a thread that never comes" : place + " is where it was busy";
        var all = System.nanoTime() < checkEnd;
        var limit = all ? limits.total().toSeconds() + " s for all checks" : limits.check().toSeconds() + " s";
        ladder.stopped(Status.TIMED_OUT, new Check.Cause("The check did not end", "an end within " + limit,
            "still running; it was stopped", busy, ""), output, elapsed());
    }

    /** The process is gone, and not because we wanted it. */
    private void ended() throws InterruptedException {
        doubtful = true;
        var code = worker.exitCode();
        var memory = code == OUT_OF_MEMORY && ending.isEmpty();
        var got = memory ? "more than the " + limits.heapMb() + " MB that an answer has" : "the program ended with exit code " + code;
        var cause = memory
            ? new Check.Cause("The answer used up the memory", "less than " + limits.heapMb() + " MB", got, "What grows without an end?", "")
            : new Check.Cause("The answer ended the whole program", "a return to the caller", got, "System.exit, Runtime.halt", "");
        ladder.stopped(Status.FAILED, cause, worker.strayOutput(), elapsed());
    }

    private void leftovers(List<String> threads) {
        doubtful |= !threads.isEmpty();
        threads.stream().filter(thread -> !thread.startsWith("daemon")).limit(3)
            .forEach(thread -> notes.add("The answer left a thread running: " + thread.substring("thread ".length())));
    }

    private void explainDatabase() throws InterruptedException {
        if (ladder.checks().stream().noneMatch(Check::isBad)) {
            return;
        }
        for (var database : used) {
            if (!databases.exists(database)) {
                notes.add("The answer dropped the database of the exercise; what needed it could not work. The next verification has a new one.");
            }
        }
    }

    private List<String> fields(Database database) {
        var clone = databases.as(database);
        var fields = new ArrayList<String>();
        for (var login : List.of(clone.app(), clone.owner(), clone.observer())) {
            fields.addAll(List.of(login.url(), login.user(), login.password()));
        }
        return fields;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - checkStarted);
    }
}

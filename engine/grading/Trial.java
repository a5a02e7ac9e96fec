package grading;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lesson.Exercise;

/** One verification, from the host's side: what the worker says becomes a ladder, and so does its silence or its end. */
final class Trial {
    private static final long QUESTION_NANOS = 500_000_000L;
    private final Exercise exercise;
    private final Path folder;
    private final Extent extent;
    private final Limits limits;
    private final WorkerProcess worker;
    private final TrialDatabases databases;
    private final String answerHash;
    private final Ladder ladder = new Ladder();
    private final List<String> notes = new ArrayList<>();
    private final long started = System.nanoTime();
    private final Allowance allowance;
    private boolean doubtful;
    private String version = "";

    /** How far to go, as the word for the worker. */
    enum Extent {
        WHOLE("run"), FIRST_REFUSAL("refute");

        private final String word;

        Extent(String word) {
            this.word = word;
        }
    }

    Trial(Exercise exercise, Path folder, Extent extent, Limits limits, WorkerProcess worker, TrialDatabases databases) {
        this.exercise = exercise;
        this.folder = folder;
        this.extent = extent;
        this.limits = limits;
        this.worker = worker;
        this.databases = databases;
        allowance = new Allowance(limits);
        answerHash = Hashes.ofAnswer(folder);
    }

    boolean workerIsDoubtful() {
        return doubtful;
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
        Phases.note("judged" + (doubtful ? " doubtful" : ""));
        return new Verdict(exercise, folder, answerHash, ladder.checks(), notes, version, Duration.ofNanos(System.nanoTime() - started));
    }

    private boolean compiles() throws InterruptedException {
        var sources = javaSources(folder);
        var missing = missingSources();
        ladder.beginWith(!sources.isEmpty() || !missing.isEmpty());
        if (!missing.isEmpty()) {
            ladder.refused(Ladder.COMPILES, List.of(String.join(", ", missing) + " is not there; `reset " + exercise.id() + "` brings it back"), exercise);
            return false;
        }
        worker.send(message(List.of("compile", exercise.verifierClass(), exercise.verifier().toString()), sources));
        var answer = next();
        switch (kind(answer)) {
            case "compiled" -> ladder.compiled(answer.subList(1, answer.size()), allowance.elapsed());
            case "refused" -> ladder.refused(answer.get(1), answer.subList(2, answer.size()), exercise);
            case "died" -> ladder.broken("the verifier " + exercise.verifier().getFileName() + " cannot be loaded: " + answer.get(1));
            case "gone" -> ended();
            default -> stuck();
        }
        return kind(answer).equals("compiled");
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
        allowance.begin();
        version = databases.version();
        worker.send(message(List.of(extent.word, folder.toString()), database));
        allowance.nextCheck();
        while (understood(next())) {
            // each message has been dealt with
        }
    }

    /** An answer that knows the worker well can send messages of its own making; they must not harm the host. */
    private boolean understood(List<String> message) throws InterruptedException {
        try {
            return heard(message);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            doubtful = true;
            ladder.stopped(Status.FAILED, Endings.garbled(), "", allowance.elapsed());
            return false;
        }
    }

    /** @return whether there is more to come */
    private boolean heard(List<String> message) throws InterruptedException {
        switch (kind(message)) {
            case "started" -> ladder.started(message.get(1));
            case "skipped" -> ladder.skipped(message.get(1), message.get(2));
            case "ended" -> ladder.ended(message);
            case "clone?" -> {
                worker.send(message(List.of("clone"), databases.another()));
                return true;
            }
            case "redis?" -> {
                worker.send(message(List.of("redis"), databases.redis()));
                return true;
            }
            case "exiting" -> {
                ladder.stopped(Status.FAILED, Endings.exited(message.get(1)), message.get(2), allowance.elapsed());
                return true;
            }
            case "done" -> {
                ladder.done();
                leftovers(message.subList(1, message.size()));
                return false;
            }
            case "died" -> {
                doubtful = true;
                ladder.stopped(Status.FAILED, Endings.died(message.get(1), message.get(2)), message.get(3), allowance.elapsed());
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
        allowance.nextCheck();
        return true;
    }

    /** The next message; an empty list when time is up. */
    private List<String> next() throws InterruptedException {
        var left = allowance.left();
        return left <= 0 ? List.of() : worker.next(left);
    }

    /** Time is up. Where the answer is busy is worth half a second more. */
    private void stuck() throws InterruptedException {
        doubtful = true;
        var together = allowance.isUsedUpTogether();
        worker.send(List.of("where"));
        var end = System.nanoTime() + QUESTION_NANOS;
        var answer = worker.next(QUESTION_NANOS);
        while (!answer.isEmpty() && !kind(answer).equals("at") && !answer.equals(WorkerProcess.GONE) && System.nanoTime() < end) {
            answer = worker.next(end - System.nanoTime());
        }
        var known = kind(answer).equals("at") && answer.size() > 2;
        ladder.stopped(Status.TIMED_OUT, Endings.notInTime(together ? limits.total() : limits.check(), together, known ? answer.get(1) : ""),
            known ? answer.get(2) : "", allowance.elapsed());
    }

    /** The process is gone, and not because we wanted it. */
    private void ended() throws InterruptedException {
        doubtful = true;
        ladder.stopped(Status.FAILED, Endings.gone(worker.exitCode(), limits.heapMb()), worker.strayOutput(), allowance.elapsed());
    }

    private void leftovers(List<String> threads) {
        Phases.note("left " + threads);
        doubtful |= !threads.isEmpty();
        threads.stream().filter(thread -> !thread.startsWith("daemon")).limit(3)
            .forEach(thread -> notes.add("The answer left a thread running: " + thread.substring("thread ".length())));
    }

    private void explainDatabase() throws InterruptedException {
        if (ladder.checks().stream().anyMatch(Check::isBad) && databases.oneIsGone()) {
            notes.add("The answer dropped the database of the exercise; what needed it could not work. The next verification has a new one.");
        }
    }

    private static String kind(List<String> message) {
        return message.isEmpty() ? "" : message.getFirst();
    }

    private static List<String> message(List<String> head, List<String> rest) {
        var message = new ArrayList<>(head);
        message.addAll(rest);
        return message;
    }
}

package grading.host;

import grading.protocol.Limits;
import grading.report.CheckStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lesson.Exercise;
import timing.Phases;

/** Hears what the worker says in one trial, and writes it down on the ladder: its messages, its silence and its end. */
final class WorkerMessages {
    private static final long QUESTION_NANOS = 500_000_000L;
    private final WorkerProcess worker;
    private final Ladder ladder;
    private final VerificationDatabases databases;
    private final Limits limits;
    private final TimeBudget budget;
    private final List<String> notes = new ArrayList<>();
    private boolean doubtful;

    WorkerMessages(WorkerProcess worker, Ladder ladder, VerificationDatabases databases, Limits limits) {
        this.worker = worker;
        this.ladder = ladder;
        this.databases = databases;
        this.limits = limits;
        budget = new TimeBudget(limits);
    }

    /** Whether the answer may have damaged the worker. */
    boolean workerIsDoubtful() {
        return doubtful;
    }

    /** What a learner should know besides the ladder. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    /** Whether the answer compiles, as the worker says. */
    boolean compiled(Exercise exercise) throws InterruptedException {
        var answer = next();
        switch (kind(answer)) {
            case "compiled" -> ladder.compiled(answer.subList(1, answer.size()), budget.elapsed());
            case "refused" -> ladder.refused(answer.get(1), answer.subList(2, answer.size()), exercise);
            case "died" -> ladder.broken("the verifier " + exercise.verifier().getFileName() + " cannot be loaded: " + answer.get(1));
            case "gone" -> ended();
            default -> stuck();
        }
        return kind(answer).equals("compiled");
    }

    /** All checks, told to begin with this command on this database: what they need is there, so their time begins. */
    void checks(List<String> command, List<String> database) throws InterruptedException {
        budget.begin();
        worker.send(command, database);
        budget.nextCheck();
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
            ladder.stopped(CheckStatus.FAILED, FailureMessages.garbled(), "", budget.elapsed());
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
                give("clone", databases::another);
                return true;
            }
            case "redis?" -> {
                give("redis", databases::redis);
                return true;
            }
            case "exiting" -> {
                ladder.stopped(CheckStatus.FAILED, FailureMessages.exited(message.get(1)), message.get(2), budget.elapsed());
                return true;
            }
            case "done" -> {
                ladder.done();
                leftovers(message.subList(1, message.size()));
                return false;
            }
            case "died" -> {
                doubtful = true;
                ladder.stopped(CheckStatus.FAILED, FailureMessages.died(message.get(1), message.get(2)), message.get(3), budget.elapsed());
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
        budget.nextCheck();
        return true;
    }

    private interface Gift {
        List<String> fields() throws InterruptedException;
    }

    /** What a check asked for. A first Redis may have to be fetched, and a large database takes its time. */
    private void give(String what, Gift gift) throws InterruptedException {
        var asked = System.nanoTime();
        worker.send(List.of(what), gift.fields());
        budget.extend(Duration.ofNanos(System.nanoTime() - asked));
    }

    /** The next message; an empty list when time is up. */
    private List<String> next() throws InterruptedException {
        var left = budget.left();
        return left <= 0 ? List.of() : worker.next(left);
    }

    /** Time is up. Where the answer is busy is worth half a second more. */
    private void stuck() throws InterruptedException {
        doubtful = true;
        var together = budget.isUsedUpTogether();
        worker.send(List.of("where"));
        var end = System.nanoTime() + QUESTION_NANOS;
        var answer = worker.next(QUESTION_NANOS);
        while (!answer.isEmpty() && !kind(answer).equals("at") && !answer.equals(WorkerProcess.GONE) && System.nanoTime() < end) {
            answer = worker.next(end - System.nanoTime());
        }
        var known = kind(answer).equals("at") && answer.size() > 2;
        ladder.stopped(CheckStatus.TIMED_OUT, FailureMessages.notInTime(together ? limits.total() : limits.check(), together, known ? answer.get(1) : ""),
            known ? answer.get(2) : "", budget.elapsed());
    }

    /** The process is gone, and not because we wanted it. */
    private void ended() throws InterruptedException {
        doubtful = true;
        ladder.stopped(CheckStatus.FAILED, FailureMessages.gone(worker.exitCode(), limits.heapMb()), worker.strayOutput(), budget.elapsed());
    }

    private void leftovers(List<String> threads) {
        Phases.note("left " + threads);
        doubtful |= !threads.isEmpty();
        threads.stream().filter(thread -> !thread.startsWith("daemon")).limit(3)
            .forEach(thread -> notes.add("The answer left a thread running: " + thread.substring("thread ".length())));
    }

    private static String kind(List<String> message) {
        return message.isEmpty() ? "" : message.getFirst();
    }
}

package grading.host;

import grading.protocol.Limits;
import grading.protocol.WorkerCommand;
import grading.protocol.WorkerReport.Missing;
import grading.protocol.WorkerReport.Stage;
import grading.protocol.WorkerReport;
import grading.report.Check;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lesson.Exercise;
import lesson.VerifierChecks;
import timing.Phases;

/** Enters on the ladder what the worker reports in one verification, and that it is silent or gone. */
final class WorkerMessages {
    private static final long POSITION_NANOS = 500_000_000L;
    private static final int MAX_NOTES = 3;
    private final WorkerProcess worker;
    private final Ladder ladder;
    private final VerificationDatabases databases;
    private final Limits limits;
    private final TimeBudget budget;
    private final Evidence evidence = new Evidence();
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

    /** Has the answer compiled, by another worker where there is one for that. @return whether there are checks to run */
    boolean compile(WorkerCommand.Compile command, Optional<CompilingWorker> compiler, Exercise exercise) throws InterruptedException {
        var report = compiled(command, compiler.isPresent() ? compiler.get().compile(command) : Optional.empty());
        switch (report) {
            case WorkerReport.Compiled(var checks) -> {
                ladder.compiled(checks, budget.elapsed());
                evidence.planned(checks, VerifierChecks.of(exercise));
            }
            case WorkerReport.Refused(var stage, var problems) -> refused(stage, problems, command, exercise);
            case WorkerReport.Died died -> ladder.broken("the verifier " + exercise.verifier().getFileName() + " cannot be loaded: " + died.failure());
            case Missing missing -> stopped(missing);
            default -> stopped(Missing.GARBLED);
        }
        return report instanceof WorkerReport.Compiled;
    }

    private WorkerReport compiled(WorkerCommand.Compile command, Optional<WorkerReport> elsewhere) throws InterruptedException {
        if (elsewhere.isPresent() && elsewhere.get() instanceof WorkerReport.Refused refused) {
            return refused;
        }
        worker.send(elsewhere.isPresent() && elsewhere.get() instanceof WorkerReport.Classes(var answer, var verifier)
            ? new WorkerCommand.Load(command.verifierClass(), answer, verifier) : command);
        return next();
    }

    private void refused(Stage stage, List<String> problems, WorkerCommand.Compile command, Exercise exercise) throws InterruptedException {
        var ofVerifier = stage == Stage.ANSWER ? List.<String>of() : command.sources().isEmpty() || worker.isEnclosed() ? problems : ofVerifier(command, exercise);
        if (ofVerifier.isEmpty()) {
            ladder.refused(stage, problems, exercise);
        } else {
            ladder.verifierRefused(ofVerifier);
        }
    }

    /** Why the verifier cannot call the author's files either; nothing where it can, so that the learner has changed what it calls. */
    private List<String> ofVerifier(WorkerCommand.Compile command, Exercise exercise) throws InterruptedException {
        var found = List.<String>of();
        for (var folder : List.of(exercise.solution(), exercise.starter())) {
            worker.send(new WorkerCommand.Compile(command.verifierClass(), command.verifier(), Verification.javaSources(folder)));
            var report = next();
            if (!(report instanceof WorkerReport.Refused(var stage, var problems))) {
                doubtful |= report instanceof Missing;
                return List.of();
            }
            found = stage == Stage.VERIFIER ? problems : found;
        }
        return found;
    }

    /** Has all checks run. What they need is there, so their time begins. */
    void run(WorkerCommand.Run command) throws InterruptedException {
        budget.begin();
        evidence.begin(command.selection());
        worker.send(command);
        budget.nextCheck();
        while (entered(next(), command.answer())) {
            // one report after the other
        }
    }

    /** @return whether there is more to come */
    private boolean entered(WorkerReport report, Path answer) throws InterruptedException {
        var objection = evidence.objection(report);
        if (objection.isPresent()) {
            doubtful = true;
            ladder.disbelieved(objection.get().check(), FailureMessages.notOurs(objection.get().check(), objection.get().why()), budget.elapsed());
            return false;
        }
        switch (report) {
            case WorkerReport.Started(var check) -> {
                worker.send(new WorkerCommand.TakeWord(evidence.word()));
                ladder.started(check);
                budget.nextCheck();
            }
            case WorkerReport.Skipped(var check, var reason) -> {
                ladder.skipped(check, reason);
                budget.nextCheck();
            }
            case WorkerReport.Ended ended -> {
                ladder.ended(ended);
                budget.nextCheck();
            }
            case WorkerReport.CloneWanted() -> give(() -> new WorkerCommand.TakeClone(databases.another()));
            case WorkerReport.RedisWanted() -> give(() -> new WorkerCommand.TakeRedis(databases.redis()));
            case WorkerReport.ProgramsWanted() -> give(() -> new WorkerCommand.TakePrograms(databases.programs()));
            case WorkerReport.ClassPathWanted() -> give(() -> ScriptClassPath.of(answer, worker.isEnclosed()));
            case WorkerReport.LogWanted(var since) -> give(() -> new WorkerCommand.TakeLog(databases.log(since)));
            case WorkerReport.Exiting(var place, var output) ->
                ladder.stopped(Check.Status.FAILED, FailureMessages.exited(place), output, budget.elapsed());
            case WorkerReport.Done(var threads) -> {
                ladder.done();
                leftThreads(threads);
                return false;
            }
            case WorkerReport.Died(var failure, var place, var output) -> {
                doubtful = true;
                ladder.stopped(Check.Status.FAILED, FailureMessages.died(failure, place), output, budget.elapsed());
                return false;
            }
            case Missing missing -> {
                stopped(missing);
                return false;
            }
            case WorkerReport.Sent unexpected -> { // from an answer that knows the worker well
                stopped(Missing.GARBLED);
                return false;
            }
        }
        return true;
    }

    private interface Wanted {
        WorkerCommand command() throws InterruptedException;
    }

    /** What a check asked for. A first Redis, programs or libraries may have to be fetched, and a large database takes its time. */
    private void give(Wanted wanted) throws InterruptedException {
        var asked = System.nanoTime();
        worker.send(wanted.command());
        budget.extend(Duration.ofNanos(System.nanoTime() - asked));
    }

    private WorkerReport next() throws InterruptedException {
        var left = budget.left();
        return left <= 0 ? Missing.LATE : worker.next(left);
    }

    /** No report can be expected any more. */
    private void stopped(Missing why) throws InterruptedException {
        doubtful = true;
        switch (why) {
            case LATE -> late();
            case GARBLED -> ladder.stopped(Check.Status.FAILED, FailureMessages.garbled(), "", budget.elapsed());
            case GONE -> ladder.stopped(Check.Status.FAILED, FailureMessages.gone(worker.exitCode(), limits.heapMb()), worker.otherOutput(), budget.elapsed());
        }
    }

    /** Time is up. Where the answer is busy is worth half a second more. */
    private void late() throws InterruptedException {
        var together = budget.isUsedUpTogether();
        var position = position();
        ladder.stopped(Check.Status.TIMED_OUT, FailureMessages.notInTime(together ? limits.total() : limits.check(), together, position.place()),
            position.output(), budget.elapsed());
    }

    private WorkerReport.Position position() throws InterruptedException {
        worker.send(new WorkerCommand.Locate());
        var end = System.nanoTime() + POSITION_NANOS;
        WorkerReport report;
        do {
            report = worker.next(end - System.nanoTime());
            if (report instanceof WorkerReport.Position position) {
                return position;
            }
        } while (!(report instanceof Missing) && System.nanoTime() < end);
        return new WorkerReport.Position("", "");
    }

    private void leftThreads(List<WorkerReport.LeftThread> threads) {
        Phases.note("left " + threads);
        doubtful |= !threads.isEmpty();
        threads.stream().filter(thread -> !thread.daemon()).limit(MAX_NOTES)
            .forEach(thread -> notes.add("The answer left a thread running: " + thread.name()));
    }
}

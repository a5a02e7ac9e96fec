package grading.worker;

import grading.Answer;
import grading.AnswerProgram;
import grading.Clone;
import grading.CloneLog;
import grading.PostgresPrograms;
import grading.RandomData;
import grading.RedisClone;
import grading.protocol.WorkerCommand;
import grading.protocol.WorkerReport;
import grading.report.Check.Cause;
import grading.report.Check;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kernel.output.RoutineSources;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import timing.Phases;

/**
 * One run of a verifier's checks: what they get, and how they ended so far. Each is reported as it starts and as it ends, one of
 * several invocations once each.
 */
final class CheckRun implements TestExecutionListener, AutoCloseable {
    private static volatile CheckRun current;
    private final Worker worker;
    private final WorkerCommand.Run command;
    private final CompiledVerifier verifier;
    private final AnswerOutput output;
    private final Map<String, Long> started = new HashMap<>();
    private final Set<String> passed = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    private Optional<AnswerProgram> program = Optional.empty();

    /** Makes it the current one. */
    CheckRun(Worker worker, WorkerCommand.Run command, CompiledVerifier verifier, AnswerOutput output) {
        this.worker = worker;
        this.command = command;
        this.verifier = verifier;
        this.output = output;
        current = this;
    }

    /** JUnit makes extensions itself, so they find the run here. */
    static CheckRun current() {
        return current;
    }

    Answer answer() {
        return new Answer(command.answer());
    }

    Clone sharedClone() {
        return command.database();
    }

    Clone freshClone() {
        return worker.freshClone();
    }

    RedisClone redis() {
        return worker.redis();
    }

    PostgresPrograms programs() {
        return worker.programs();
    }

    /** The same for all checks of a run. */
    synchronized AnswerProgram program() {
        if (program.isEmpty()) {
            program = Optional.of(AnswerProgram.of(answer(), Path.of("").toAbsolutePath(), worker::classPath));
        }
        return program.get();
    }

    CloneLog log() {
        return new CloneLog(command.database(), worker::log);
    }

    boolean hasPassed(String check) {
        return passed.contains(check) && !failed.contains(check);
    }

    /** Whether this check is to run: it was selected, and no refusal before it was enough. */
    boolean wants(String check) {
        return command.selection().has(check) && !(command.selection().toFirstRefusal() && !failed.isEmpty());
    }

    /** Ends what the checks have left running. */
    @Override public void close() {
        program.ifPresent(AnswerProgram::close);
    }

    private void ended(String check, boolean hasPassed) {
        (hasPassed ? passed : failed).add(check);
    }

    @Override public void executionStarted(TestIdentifier test) {
        name(test).filter(name -> test.isTest()).ifPresent(name -> {
            started.put(test.getUniqueId(), System.nanoTime());
            Phases.note("w:started " + name);
            worker.report(new WorkerReport.Started(name));
        });
    }

    @Override public void executionSkipped(TestIdentifier test, String reason) {
        name(test).ifPresent(name -> worker.report(new WorkerReport.Skipped(name, reason)));
    }

    @Override public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        var status = status(result);
        if (status == Check.Status.PASSED && (name(test).isEmpty() || !test.isTest())) {
            return;
        }
        var name = name(test).orElse("");
        var nanos = System.nanoTime() - started.getOrDefault(test.getUniqueId(), System.nanoTime());
        ended(name, status == Check.Status.PASSED);
        var seed = RandomData.takeSeed();
        var cause = result.getThrowable().map(failure -> FailureExplanation.of(failure, verifier.answer(), RoutineSources.of(command.database().observer())))
            .map(why -> seed.map(why::withSeed).orElse(why)).orElse(Cause.NONE);
        worker.report(new WorkerReport.Ended(name, status, cause, output.take(), Duration.ofNanos(nanos),
            started.containsKey(test.getUniqueId()) ? worker.word() : ""));
    }

    private static Check.Status status(TestExecutionResult result) {
        return switch (result.getStatus()) {
            case SUCCESSFUL -> Check.Status.PASSED;
            case ABORTED -> Check.Status.SKIPPED;
            case FAILED -> Check.Status.FAILED;
        };
    }

    private static Optional<String> name(TestIdentifier test) {
        return test.getSource().filter(MethodSource.class::isInstance).map(source -> ((MethodSource) source).getMethodName());
    }
}

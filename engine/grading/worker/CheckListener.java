package grading.worker;

import grading.protocol.WorkerReport;
import grading.report.Check.Cause;
import grading.report.CheckStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import timing.Phases;

/** Reports each check as it starts and ends. A check of several invocations is reported once each. */
final class CheckListener implements TestExecutionListener {
    private final Consumer<WorkerReport.Sent> host;
    private final AnswerOutput output;
    private final CheckRun run;
    private final Map<String, byte[]> answer;
    private final Map<String, Long> started = new HashMap<>();

    CheckListener(Consumer<WorkerReport.Sent> host, AnswerOutput output, CheckRun run, Map<String, byte[]> answer) {
        this.host = host;
        this.output = output;
        this.run = run;
        this.answer = answer;
    }

    @Override public void executionStarted(TestIdentifier test) {
        name(test).filter(name -> test.isTest()).ifPresent(name -> {
            started.put(test.getUniqueId(), System.nanoTime());
            Phases.note("w:started " + name);
            host.accept(new WorkerReport.Started(name));
        });
    }

    @Override public void executionSkipped(TestIdentifier test, String reason) {
        name(test).ifPresent(name -> {
            run.ended(name, false);
            host.accept(new WorkerReport.Skipped(name, reason));
        });
    }

    @Override public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        var status = status(result);
        if (status == CheckStatus.PASSED && (name(test).isEmpty() || !test.isTest())) {
            return;
        }
        var name = name(test).orElse("");
        var nanos = System.nanoTime() - started.getOrDefault(test.getUniqueId(), System.nanoTime());
        run.ended(name, status == CheckStatus.PASSED);
        var cause = result.getThrowable().map(failure -> FailureExplanation.of(failure, answer)).orElse(Cause.NONE);
        host.accept(new WorkerReport.Ended(name, status, cause, output.take(), Duration.ofNanos(nanos)));
    }

    private static CheckStatus status(TestExecutionResult result) {
        return switch (result.getStatus()) {
            case SUCCESSFUL -> CheckStatus.PASSED;
            case ABORTED -> CheckStatus.SKIPPED;
            case FAILED -> CheckStatus.FAILED;
        };
    }

    private static Optional<String> name(TestIdentifier test) {
        return test.getSource().filter(MethodSource.class::isInstance).map(source -> ((MethodSource) source).getMethodName());
    }
}

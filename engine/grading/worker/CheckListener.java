package grading.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import timing.Phases;

/** Tells the host of each check as it starts and ends. A check of several invocations is told once each. */
final class CheckListener implements TestExecutionListener {
    private final HostChannel host;
    private final AnswerOutput output;
    private final CheckRun run;
    private final Map<String, byte[]> answer;
    private final Map<String, Long> started = new HashMap<>();

    CheckListener(HostChannel host, AnswerOutput output, CheckRun run, Map<String, byte[]> answer) {
        this.host = host;
        this.output = output;
        this.run = run;
        this.answer = answer;
    }

    @Override public void executionStarted(TestIdentifier test) {
        name(test).filter(name -> test.isTest()).ifPresent(name -> {
            started.put(test.getUniqueId(), System.nanoTime());
            Phases.note("w:started " + name);
            host.send("started", name);
        });
    }

    @Override public void executionSkipped(TestIdentifier test, String reason) {
        name(test).ifPresent(name -> {
            run.ended(name, false);
            host.send("skipped", name, reason);
        });
    }

    @Override public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        var well = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        if (name(test).isEmpty() && well || test.isContainer() && !test.isTest() && well) {
            return;
        }
        var name = name(test).orElse("");
        var nanos = System.nanoTime() - started.getOrDefault(test.getUniqueId(), System.nanoTime());
        run.ended(name, well);
        var why = result.getThrowable().map(failure -> FailureExplanation.of(failure, answer))
            .orElse(new FailureExplanation("", "", "", "", ""));
        host.send("ended", name, result.getStatus().name(), why.what(), why.expected(), why.actual(), why.lookAt(),
            why.sqlState(), output.take(), Long.toString(nanos));
    }

    private static Optional<String> name(TestIdentifier test) {
        return test.getSource().filter(MethodSource.class::isInstance).map(source -> ((MethodSource) source).getMethodName());
    }
}

package kernel.jshell;

import java.io.IOException;
import java.util.Optional;
import jdk.jshell.spi.ExecutionControl.EngineTerminationException;
import jdk.jshell.spi.ExecutionControl.InternalException;
import jdk.jshell.spi.ExecutionControl.ResolutionException;
import jdk.jshell.spi.ExecutionControl.RunException;
import jdk.jshell.spi.ExecutionControl.StoppedException;
import jdk.jshell.spi.ExecutionControl.UserException;
import jvm.FieldReader;
import jvm.FieldWriter;
import kernel.jshell.child.ChildRequest;
import kernel.jshell.child.ReplyStatus;
import kernel.output.Output;
import kernel.output.OutputJson;

/** Asks the child and reads its answer: the result, or one of the exceptions by which JShell knows what went wrong. */
final class ChildClient {
    private final Connection connection;
    private volatile Optional<Output.Failure> failure = Optional.empty();

    ChildClient(Connection connection) {
        this.connection = connection;
    }

    /** A class has another shape now, so the JVM cannot redefine it; JShell makes a new class then. */
    static final class NotRedefined extends RuntimeException {
        NotRedefined(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Waits for what runs.
     *
     * @return the answer, after its status
     * @throws NotRedefined where a class has another shape now
     */
    FieldReader ask(ChildRequest request, FieldWriter body) throws RunException, EngineTerminationException, InternalException {
        try {
            var answer = new FieldReader(connection.answer(request, body.toBytes()));
            switch (status(answer)) {
                case DONE -> { return answer; }
                case STOPPED -> throw new StoppedException();
                case UNRESOLVED -> throw new ResolutionException(answer.number(), stack(answer));
                case NOT_REDEFINED -> throw new NotRedefined(answer.text());
                case TROUBLE -> throw new InternalException(answer.text());
                case THREW -> throw threw(answer);
            }
            throw new IOException("no status");
        } catch (IOException e) {
            throw new EngineTerminationException(String.valueOf(e.getMessage()));
        }
    }

    /** Does not wait for what runs. @return the answer, its {@link #status} included */
    FieldReader askControl(ChildRequest request, FieldWriter body) throws IOException {
        return new FieldReader(connection.controlAnswer(request, body.toBytes()));
    }

    static ReplyStatus status(FieldReader answer) throws IOException {
        return answer.constant(ReplyStatus.values());
    }

    private UserException threw(FieldReader answer) throws IOException {
        failure = Optional.of((Output.Failure) OutputJson.of(answer.bytes()));
        var chain = answer.list(each -> new UserException(each.text(), each.text(), stack(each)));
        for (int i = 0; i + 1 < chain.size(); i++) {
            chain.get(i).initCause(chain.get(i + 1));
        }
        return chain.getFirst();
    }

    private static StackTraceElement[] stack(FieldReader answer) throws IOException {
        return answer.list(each -> {
            var className = each.text();
            var method = each.text();
            var file = each.text();
            return new StackTraceElement(className, method, file.isEmpty() ? null : file, each.number());
        }).toArray(StackTraceElement[]::new);
    }

    /** What code in the child threw since {@link #forgetFailure}. */
    Optional<Output.Failure> failure() {
        return failure;
    }

    void forgetFailure() {
        failure = Optional.empty();
    }

    void close() {
        connection.close();
    }
}

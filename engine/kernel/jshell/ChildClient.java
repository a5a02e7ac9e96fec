package kernel.jshell;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import jdk.jshell.spi.ExecutionControl.EngineTerminationException;
import jdk.jshell.spi.ExecutionControl.InternalException;
import jdk.jshell.spi.ExecutionControl.ResolutionException;
import jdk.jshell.spi.ExecutionControl.RunException;
import jdk.jshell.spi.ExecutionControl.StoppedException;
import jdk.jshell.spi.ExecutionControl.UserException;
import kernel.jshell.child.ChildRequest;
import kernel.jshell.child.FrameBody;
import kernel.jshell.child.ReplyStatus;
import kernel.output.Output;
import kernel.output.OutputJson;

/** Asks the child and says what its answer means: what it holds, or one of the exceptions by which JShell knows what went wrong. */
final class ChildClient {
    private final Connection connection;
    private volatile Optional<Output.Failure> failure = Optional.empty();

    ChildClient(Connection connection) {
        this.connection = connection;
    }

    /** JShell makes a new class then. */
    static final class NotRedefined extends RuntimeException {
        NotRedefined(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Waits for what runs.
     *
     * @return the answer, behind its outcome
     * @throws NotRedefined where a class has another shape now
     */
    DataInputStream ask(ChildRequest childRequest, FrameBody.Writing body) throws RunException, EngineTerminationException, InternalException {
        try {
            var answer = FrameBody.reading(connection.answer(childRequest, FrameBody.bytes(body)));
            switch (outcome(answer)) {
                case DONE -> { return answer; }
                case STOPPED -> throw new StoppedException();
                case UNRESOLVED -> throw new ResolutionException(answer.readInt(), stack(answer));
                case NOT_REDEFINED -> throw new NotRedefined(FrameBody.text(answer));
                case TROUBLE -> throw new InternalException(FrameBody.text(answer));
                case THREW -> throw threw(answer);
            }
            throw new IOException("no outcome");
        } catch (IOException e) {
            throw new EngineTerminationException(String.valueOf(e.getMessage()));
        }
    }

    /** Does not wait for what runs. @return the answer, its {@link #outcome} included */
    DataInputStream askBeside(ChildRequest childRequest, FrameBody.Writing body) throws IOException {
        return FrameBody.reading(connection.urgentAnswer(childRequest, FrameBody.bytes(body)));
    }

    static ReplyStatus outcome(DataInputStream answer) throws IOException {
        return ReplyStatus.values()[answer.readByte()];
    }

    private UserException threw(DataInputStream answer) throws IOException {
        failure = Optional.of((Output.Failure) OutputJson.of(FrameBody.bytes(answer)));
        var chain = new ArrayList<UserException>();
        for (int left = answer.readInt(); left > 0; left--) {
            chain.add(new UserException(FrameBody.text(answer), FrameBody.text(answer), stack(answer)));
        }
        for (int i = 0; i + 1 < chain.size(); i++) {
            chain.get(i).initCause(chain.get(i + 1));
        }
        return chain.getFirst();
    }

    private static StackTraceElement[] stack(DataInputStream answer) throws IOException {
        var stack = new StackTraceElement[answer.readInt()];
        for (int i = 0; i < stack.length; i++) {
            var className = FrameBody.text(answer);
            var method = FrameBody.text(answer);
            var file = FrameBody.text(answer);
            stack[i] = new StackTraceElement(className, method, file.isEmpty() ? null : file, answer.readInt());
        }
        return stack;
    }

    /** What code in the child threw, since it was last forgotten. */
    Optional<Output.Failure> failure() {
        return failure;
    }

    void forgetFailure() {
        failure = Optional.empty();
    }

    void hangUp() {
        connection.close();
    }
}

package kernel.jshell;

import java.io.IOException;
import java.util.Optional;
import jdk.jshell.spi.ExecutionControl;
import kernel.jshell.child.ChildRequest;
import kernel.jshell.child.FrameBody;
import kernel.jshell.child.ReplyStatus;
import kernel.output.Output;

/** JShell's way to the child: what it has compiled goes there, and what came of it comes back. */
final class RemoteControl implements ExecutionControl {
    private final ChildClient client;

    RemoteControl(ChildClient client) {
        this.client = client;
    }

    @Override public void load(ClassBytecodes[] classes) throws ClassInstallException, EngineTerminationException {
        install(ChildRequest.LOAD, classes);
    }

    @Override public void redefine(ClassBytecodes[] classes) throws ClassInstallException, EngineTerminationException {
        install(ChildRequest.REDEFINE, classes);
    }

    private void install(ChildRequest childRequest, ClassBytecodes[] classes) throws ClassInstallException, EngineTerminationException {
        try {
            client.ask(childRequest, out -> {
                out.writeInt(classes.length);
                for (var each : classes) {
                    FrameBody.text(out, each.name());
                    FrameBody.bytes(out, each.bytecodes());
                }
            });
        } catch (RunException | InternalException e) {
            throw new ClassInstallException(String.valueOf(e.getMessage()), new boolean[classes.length]);
        } catch (ChildClient.NotRedefined e) {
            throw new ClassInstallException(e.getMessage(), new boolean[classes.length]);
        }
    }

    @Override public String invoke(String className, String method) throws RunException, EngineTerminationException, InternalException {
        client.forgetFailure();
        return text(ChildRequest.INVOKE, className, method);
    }

    /** What the last snippet threw, with its SQLSTATE and its causes. */
    Optional<Output.Failure> failure() {
        return client.failure();
    }

    @Override public String varValue(String className, String variable) throws RunException, EngineTerminationException, InternalException {
        return text(ChildRequest.TEXT, className, variable);
    }

    private String text(ChildRequest childRequest, String className, String member) throws RunException, EngineTerminationException, InternalException {
        try {
            return FrameBody.text(client.ask(childRequest, out -> {
                FrameBody.text(out, className);
                FrameBody.text(out, member);
            }));
        } catch (IOException e) {
            throw new EngineTerminationException(e.toString());
        }
    }

    @Override public void stop() {
        try {
            isStopping();
        } catch (IOException e) {
            // the child is gone, and so is what ran
        }
    }

    /** Breaks off what runs, as far as that is possible. Returns whether it still ran. */
    boolean isStopping() throws IOException {
        var answer = client.askBeside(ChildRequest.STOP, out -> { });
        return ChildClient.outcome(answer) == ReplyStatus.DONE && answer.readBoolean();
    }

    @Override public void addToClasspath(String path) {
        // the child has its own, the same
    }

    @Override public Object extensionCommand(String command, Object argument) throws InternalException {
        throw new NotImplementedException("the course asks its child by orders, not by " + command);
    }

    @Override public void close() {
        client.hangUp();
    }
}

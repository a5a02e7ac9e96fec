package kernel.jshell;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import jdk.jshell.spi.ExecutionControl;
import jvm.FieldWriter;
import kernel.jshell.child.ChildRequest;
import kernel.jshell.child.ReplyStatus;
import kernel.output.Output;

/** JShell's way to the child: sends what JShell has compiled, and returns its results. */
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

    private void install(ChildRequest request, ClassBytecodes[] classes) throws ClassInstallException, EngineTerminationException {
        try {
            client.ask(request, new FieldWriter().list(List.of(classes), (out, each) -> out.text(each.name()).bytes(each.bytecodes())));
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

    private String text(ChildRequest request, String className, String member) throws RunException, EngineTerminationException, InternalException {
        try {
            return client.ask(request, new FieldWriter().text(className).text(member)).text();
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

    /** Stops what runs, as far as that is possible. @return whether it still ran */
    boolean isStopping() throws IOException {
        var answer = client.askControl(ChildRequest.STOP, new FieldWriter());
        return ChildClient.status(answer) == ReplyStatus.DONE && answer.flag();
    }

    @Override public void addToClasspath(String path) {
        // the child has its own, the same
    }

    @Override public Object extensionCommand(String command, Object argument) throws InternalException {
        throw new NotImplementedException("the course has requests of its own for its child, not " + command);
    }

    @Override public void close() {
        client.close();
    }
}

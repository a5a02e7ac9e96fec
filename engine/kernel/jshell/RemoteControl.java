package kernel.jshell;

import java.io.IOException;
import java.util.Optional;
import jdk.jshell.spi.ExecutionControl;
import kernel.jshell.child.Order;
import kernel.jshell.child.Outcome;
import kernel.jshell.child.Wire;
import kernel.output.Output;

/** JShell's way to the child: what it has compiled goes there, and what came of it comes back. */
final class RemoteControl implements ExecutionControl {
    private final Asking asking;

    RemoteControl(Asking asking) {
        this.asking = asking;
    }

    @Override public void load(ClassBytecodes[] classes) throws ClassInstallException, EngineTerminationException {
        install(Order.LOAD, classes);
    }

    @Override public void redefine(ClassBytecodes[] classes) throws ClassInstallException, EngineTerminationException {
        install(Order.REDEFINE, classes);
    }

    private void install(Order order, ClassBytecodes[] classes) throws ClassInstallException, EngineTerminationException {
        try {
            asking.ask(order, out -> {
                out.writeInt(classes.length);
                for (var each : classes) {
                    Wire.text(out, each.name());
                    Wire.bytes(out, each.bytecodes());
                }
            });
        } catch (RunException | InternalException e) {
            throw new ClassInstallException(String.valueOf(e.getMessage()), new boolean[classes.length]);
        } catch (Asking.NotRedefined e) {
            throw new ClassInstallException(e.getMessage(), new boolean[classes.length]);
        }
    }

    @Override public String invoke(String className, String method) throws RunException, EngineTerminationException, InternalException {
        asking.forgetFailure();
        return text(Order.INVOKE, className, method);
    }

    /** What the last snippet threw, with its SQLSTATE and its causes. */
    Optional<Output.Failure> failure() {
        return asking.failure();
    }

    @Override public String varValue(String className, String variable) throws RunException, EngineTerminationException, InternalException {
        return text(Order.TEXT, className, variable);
    }

    private String text(Order order, String className, String member) throws RunException, EngineTerminationException, InternalException {
        try {
            return Wire.text(asking.ask(order, out -> {
                Wire.text(out, className);
                Wire.text(out, member);
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
        var answer = asking.askBeside(Order.STOP, out -> { });
        return Asking.outcome(answer) == Outcome.DONE && answer.readBoolean();
    }

    @Override public void addToClasspath(String path) {
        // the child has its own, the same
    }

    @Override public Object extensionCommand(String command, Object argument) throws InternalException {
        throw new NotImplementedException("the course asks its child by orders, not by " + command);
    }

    @Override public void close() {
        asking.hangUp();
    }
}

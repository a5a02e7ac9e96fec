package kernel.jshell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.spi.ExecutionControl;
import kernel.Output;
import kernel.OutputJson;
import kernel.jshell.child.Order;
import kernel.jshell.child.Outcome;
import kernel.jshell.child.Values;
import kernel.jshell.child.Wire;

/** JShell's way to the child: what it has compiled goes there, and what came of it comes back. */
final class RemoteControl implements ExecutionControl {
    private final Connection connection;
    private volatile Optional<Output.Failure> failure = Optional.empty();

    RemoteControl(Connection connection) {
        this.connection = connection;
    }

    @Override public void load(ClassBytecodes[] classes) throws ClassInstallException, EngineTerminationException {
        install(Order.LOAD, classes);
    }

    @Override public void redefine(ClassBytecodes[] classes) throws ClassInstallException, EngineTerminationException {
        install(Order.REDEFINE, classes);
    }

    private void install(Order order, ClassBytecodes[] classes) throws ClassInstallException, EngineTerminationException {
        try {
            ask(order, out -> {
                out.writeInt(classes.length);
                for (var each : classes) {
                    Wire.text(out, each.name());
                    Wire.bytes(out, each.bytecodes());
                }
            });
        } catch (RunException | InternalException e) {
            throw new ClassInstallException(String.valueOf(e.getMessage()), new boolean[classes.length]);
        } catch (NotRedefined e) {
            throw new ClassInstallException(e.getMessage(), new boolean[classes.length]);
        }
    }

    @Override public String invoke(String className, String method) throws RunException, EngineTerminationException, InternalException {
        failure = Optional.empty();
        return text(Order.INVOKE, className, method);
    }

    @Override public String varValue(String className, String variable) throws RunException, EngineTerminationException, InternalException {
        return text(Order.TEXT, className, variable);
    }

    private String text(Order order, String className, String member) throws RunException, EngineTerminationException, InternalException {
        try {
            return Wire.text(ask(order, out -> {
                Wire.text(out, className);
                Wire.text(out, member);
            }));
        } catch (IOException e) {
            throw new EngineTerminationException(e.toString());
        }
    }

    /** What the last snippet threw, with its SQLSTATE and its causes. */
    Optional<Output.Failure> failure() {
        return failure;
    }

    void begin(String cell) throws RunException, EngineTerminationException, InternalException {
        ask(Order.BEGIN, out -> Wire.text(out, cell));
    }

    /** @param characters that were printed and not sent @param outputs that were shown and not sent */
    record LeftOut(long characters, int outputs) { }

    LeftOut end() throws RunException, EngineTerminationException, InternalException, IOException {
        var answer = ask(Order.END, out -> { });
        return new LeftOut(answer.readLong(), answer.readInt());
    }

    /** A variable's value, as a notebook shows it. */
    Output show(String name, Place place) throws RunException, EngineTerminationException, InternalException, IOException {
        return OutputJson.of(Wire.bytes(ask(Order.SHOW, out -> {
            Wire.text(out, name);
            Wire.text(out, place.className());
            Wire.text(out, place.field());
        })));
    }

    /** Puts the value of a variable where JShell has moved it; false where it does not fit there any more. */
    boolean carry(Place from, Place to) throws RunException, EngineTerminationException, InternalException, IOException {
        return ask(Order.CARRY, out -> {
            for (var text : List.of(from.className(), from.field(), to.className(), to.field())) {
                Wire.text(out, text);
            }
        }).readBoolean();
    }

    void rows(String name, List<? extends List<?>> rows) throws RunException, EngineTerminationException, InternalException {
        ask(Order.ROWS, out -> {
            Wire.text(out, name);
            out.writeInt(rows.size());
            for (var row : rows) {
                out.writeInt(row.size());
                for (var value : row) {
                    Values.write(out, value);
                }
            }
        });
    }

    void hand(String receiver, Map<String, String> handed) throws RunException, EngineTerminationException, InternalException {
        ask(Order.HAND, out -> {
            Wire.text(out, receiver);
            out.writeInt(handed.size());
            for (var each : handed.entrySet()) {
                Wire.text(out, each.getKey());
                Wire.text(out, each.getValue());
            }
        });
    }

    /** Does not wait for what runs. */
    Optional<Object> value(Place place) throws IOException {
        var answer = Wire.reading(connection.urgentAnswer(Order.VALUE, Wire.bytes(out -> {
            Wire.text(out, place.className());
            Wire.text(out, place.field());
        })));
        if (Outcome.values()[answer.readByte()] == Outcome.DONE) {
            return Optional.ofNullable(Values.read(answer));
        }
        throw new IllegalArgumentException(Wire.text(answer));
    }

    private DataInputStream ask(Order order, Wire.Writing body) throws RunException, EngineTerminationException, InternalException {
        try {
            var answer = Wire.reading(connection.answer(order, Wire.bytes(body)));
            switch (Outcome.values()[answer.readByte()]) {
                case DONE -> { return answer; }
                case STOPPED -> throw new StoppedException();
                case UNRESOLVED -> throw new ResolutionException(answer.readInt(), stack(answer));
                case NOT_REDEFINED -> throw new NotRedefined(Wire.text(answer));
                case TROUBLE -> throw new InternalException(Wire.text(answer));
                case THREW -> throw threw(answer);
            }
            throw new IOException("no outcome");
        } catch (IOException e) {
            throw new EngineTerminationException(String.valueOf(e.getMessage()));
        }
    }

    private UserException threw(DataInputStream answer) throws IOException {
        failure = Optional.of((Output.Failure) OutputJson.of(Wire.bytes(answer)));
        var chain = new ArrayList<UserException>();
        for (int left = answer.readInt(); left > 0; left--) {
            chain.add(new UserException(Wire.text(answer), Wire.text(answer), stack(answer)));
        }
        for (int i = 0; i + 1 < chain.size(); i++) {
            chain.get(i).initCause(chain.get(i + 1));
        }
        return chain.getFirst();
    }

    private static StackTraceElement[] stack(DataInputStream answer) throws IOException {
        var stack = new StackTraceElement[answer.readInt()];
        for (int i = 0; i < stack.length; i++) {
            var className = Wire.text(answer);
            var method = Wire.text(answer);
            var file = Wire.text(answer);
            stack[i] = new StackTraceElement(className, method, file.isEmpty() ? null : file, answer.readInt());
        }
        return stack;
    }

    /** JShell makes a new class then. */
    private static final class NotRedefined extends RuntimeException {
        NotRedefined(String message) {
            super(message, null, false, false);
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
        var answer = Wire.reading(connection.urgentAnswer(Order.STOP, new byte[0]));
        return Outcome.values()[answer.readByte()] == Outcome.DONE && answer.readBoolean();
    }

    @Override public void addToClasspath(String path) {
        // the child has its own, the same
    }

    @Override public Object extensionCommand(String command, Object argument) throws InternalException {
        throw new NotImplementedException("the course asks its child by orders, not by " + command);
    }

    @Override public void close() {
        connection.close();
    }
}

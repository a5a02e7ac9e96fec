package kernel.jshell;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.spi.ExecutionControl.ExecutionControlException;
import kernel.jshell.child.ChildRequest;
import kernel.jshell.child.FrameBody;
import kernel.jshell.child.ReplyStatus;
import kernel.jshell.child.Values;
import kernel.output.Output;
import kernel.output.OutputJson;

/** What the course asks of the child beside what JShell does: of cells, and of the values of their variables. */
final class CourseRequests {
    private final ChildClient client;

    CourseRequests(ChildClient client) {
        this.client = client;
    }

    /** Once, before the first cell: the receiver's class gets what the host has for it. */
    void hand(String receiver, Map<String, String> handed) throws ExecutionControlException {
        client.ask(ChildRequest.HAND, out -> {
            FrameBody.text(out, receiver);
            out.writeInt(handed.size());
            for (var each : handed.entrySet()) {
                FrameBody.text(out, each.getKey());
                FrameBody.text(out, each.getValue());
            }
        });
    }

    void begin(String cell) throws ExecutionControlException {
        client.ask(ChildRequest.BEGIN, out -> FrameBody.text(out, cell));
    }

    /** @param characters that were printed and not sent @param outputs that were shown and not sent */
    record LeftOut(long characters, int outputs) { }

    LeftOut end() throws ExecutionControlException, IOException {
        var answer = client.ask(ChildRequest.END, out -> { });
        return new LeftOut(answer.readLong(), answer.readInt());
    }

    /** A variable's value, as a notebook shows it. */
    Output show(String name, VariableLocation location) throws ExecutionControlException, IOException {
        return OutputJson.of(FrameBody.bytes(client.ask(ChildRequest.SHOW, out -> {
            FrameBody.text(out, name);
            FrameBody.text(out, location.className());
            FrameBody.text(out, location.field());
        })));
    }

    /** Puts the value of a variable where JShell has moved it; false where it does not fit there any more. */
    boolean carry(VariableLocation from, VariableLocation to) throws ExecutionControlException, IOException {
        return client.ask(ChildRequest.CARRY, out -> {
            for (var text : List.of(from.className(), from.field(), to.className(), to.field())) {
                FrameBody.text(out, text);
            }
        }).readBoolean();
    }

    /** Keeps rows for the declaration that asks for them by this name. */
    void rows(String name, List<? extends List<?>> rows) throws ExecutionControlException {
        client.ask(ChildRequest.ROWS, out -> {
            FrameBody.text(out, name);
            out.writeInt(rows.size());
            for (var row : rows) {
                out.writeInt(row.size());
                for (var value : row) {
                    Values.write(out, value);
                }
            }
        });
    }

    /**
     * The value of a variable, empty where it is null. Does not wait for what runs.
     *
     * @throws IllegalArgumentException with half a sentence, where the value cannot travel
     */
    Optional<Object> value(VariableLocation location) throws IOException {
        var answer = client.askBeside(ChildRequest.VALUE, out -> {
            FrameBody.text(out, location.className());
            FrameBody.text(out, location.field());
        });
        if (ChildClient.outcome(answer) == ReplyStatus.DONE) {
            return Optional.ofNullable(Values.read(answer));
        }
        throw new IllegalArgumentException(FrameBody.text(answer));
    }
}

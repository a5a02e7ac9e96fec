package kernel.jshell;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.spi.ExecutionControl.ExecutionControlException;
import kernel.jshell.child.Order;
import kernel.jshell.child.Outcome;
import kernel.jshell.child.Values;
import kernel.jshell.child.Wire;
import kernel.output.Output;
import kernel.output.OutputJson;

/** What the course asks of the child beside what JShell does: of cells, and of the values of their variables. */
final class CourseOrders {
    private final Asking asking;

    CourseOrders(Asking asking) {
        this.asking = asking;
    }

    /** Once, before the first cell: the receiver's class gets what the host has for it. */
    void hand(String receiver, Map<String, String> handed) throws ExecutionControlException {
        asking.ask(Order.HAND, out -> {
            Wire.text(out, receiver);
            out.writeInt(handed.size());
            for (var each : handed.entrySet()) {
                Wire.text(out, each.getKey());
                Wire.text(out, each.getValue());
            }
        });
    }

    void begin(String cell) throws ExecutionControlException {
        asking.ask(Order.BEGIN, out -> Wire.text(out, cell));
    }

    /** @param characters that were printed and not sent @param outputs that were shown and not sent */
    record LeftOut(long characters, int outputs) { }

    LeftOut end() throws ExecutionControlException, IOException {
        var answer = asking.ask(Order.END, out -> { });
        return new LeftOut(answer.readLong(), answer.readInt());
    }

    /** A variable's value, as a notebook shows it. */
    Output show(String name, Place place) throws ExecutionControlException, IOException {
        return OutputJson.of(Wire.bytes(asking.ask(Order.SHOW, out -> {
            Wire.text(out, name);
            Wire.text(out, place.className());
            Wire.text(out, place.field());
        })));
    }

    /** Puts the value of a variable where JShell has moved it; false where it does not fit there any more. */
    boolean carry(Place from, Place to) throws ExecutionControlException, IOException {
        return asking.ask(Order.CARRY, out -> {
            for (var text : List.of(from.className(), from.field(), to.className(), to.field())) {
                Wire.text(out, text);
            }
        }).readBoolean();
    }

    /** Keeps rows for the declaration that asks for them by this name. */
    void rows(String name, List<? extends List<?>> rows) throws ExecutionControlException {
        asking.ask(Order.ROWS, out -> {
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

    /**
     * The value of a variable, empty where it is null. Does not wait for what runs.
     *
     * @throws IllegalArgumentException with half a sentence, where the value cannot travel
     */
    Optional<Object> value(Place place) throws IOException {
        var answer = asking.askBeside(Order.VALUE, out -> {
            Wire.text(out, place.className());
            Wire.text(out, place.field());
        });
        if (Asking.outcome(answer) == Outcome.DONE) {
            return Optional.ofNullable(Values.read(answer));
        }
        throw new IllegalArgumentException(Wire.text(answer));
    }
}

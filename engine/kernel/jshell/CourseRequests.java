package kernel.jshell;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.spi.ExecutionControl.ExecutionControlException;
import jvm.FieldWriter;
import kernel.jshell.child.ChildRequest;
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

    /**
     * Calls the static method {@code attach(Map)} of a class in the child. Once, before the first cell.
     *
     * @param settings what it gets
     */
    void attach(String receiver, Map<String, String> settings) throws ExecutionControlException {
        client.ask(ChildRequest.ATTACH, new FieldWriter().text(receiver).list(List.copyOf(settings.entrySet()),
            (out, each) -> out.text(each.getKey()).text(each.getValue())));
    }

    /** A cell begins. */
    void begin(String cell) throws ExecutionControlException {
        client.ask(ChildRequest.BEGIN, new FieldWriter().text(cell));
    }

    /** @param characters that were printed and not sent @param outputs that were shown and not sent */
    record LeftOut(long characters, int outputs) { }

    /** A cell is over. */
    LeftOut end() throws ExecutionControlException, IOException {
        var answer = client.ask(ChildRequest.END, new FieldWriter());
        return new LeftOut(answer.longNumber(), answer.number());
    }

    /** A variable's value, as a notebook shows it. */
    Output show(String name, JavaVariables.Location location) throws ExecutionControlException, IOException {
        return OutputJson.of(client.ask(ChildRequest.SHOW, new FieldWriter().text(name).text(location.className()).text(location.field())).bytes());
    }

    /** Puts the value of a variable where JShell has moved it; false where it does not fit there any more. */
    boolean move(JavaVariables.Location from, JavaVariables.Location to) throws ExecutionControlException, IOException {
        return client.ask(ChildRequest.MOVE, new FieldWriter().text(from.className()).text(from.field()).text(to.className()).text(to.field())).flag();
    }

    /** Keeps rows for the declaration that asks for them by this name. */
    void rows(String name, List<List<Object>> rows) throws ExecutionControlException {
        client.ask(ChildRequest.ROWS, new FieldWriter().text(name).list(rows, (out, row) -> out.list(row, Values::write)));
    }

    /**
     * The value of a variable, empty where it is null. Does not wait for what runs.
     *
     * @throws IllegalArgumentException where the value cannot travel, with a half sentence that goes on after the variable's name
     */
    Optional<Object> value(JavaVariables.Location location) throws IOException {
        var answer = client.askControl(ChildRequest.VALUE, new FieldWriter().text(location.className()).text(location.field()));
        if (ChildClient.status(answer) == ReplyStatus.DONE) {
            return Optional.ofNullable(Values.read(answer));
        }
        throw new IllegalArgumentException(answer.text());
    }
}

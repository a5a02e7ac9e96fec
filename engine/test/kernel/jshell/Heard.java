package kernel.jshell;

import java.util.ArrayList;
import java.util.List;
import kernel.cell.Cell;
import kernel.cell.CellListener;
import kernel.output.Output;
import lab.Role;

/** Writes down what a cell shows and prints, in order. */
final class Heard implements CellListener {
    private final List<Output> outputs = new ArrayList<>();
    private final StringBuilder printed = new StringBuilder();
    private final List<String> order = new ArrayList<>();

    static Cell cell(String source) {
        return new Cell("cell", Cell.Language.JAVA, source, Role.APP, "", "");
    }

    @Override public synchronized void shown(Output output) {
        outputs.add(output);
        order.add(output.shape());
    }

    @Override public synchronized void printed(String stream, String text) {
        printed.append(text);
        order.add(stream + " " + text.strip());
    }

    synchronized List<Output> outputs() {
        return List.copyOf(outputs);
    }

    synchronized String printed() {
        return printed.toString();
    }

    synchronized List<String> order() {
        return List.copyOf(order);
    }

    /** The last output, which must be a text. */
    synchronized String text() {
        return outputs.isEmpty() ? "" : ((Output.Text) outputs.getLast()).text();
    }

    synchronized Output.Failure failure() {
        return (Output.Failure) outputs.getLast();
    }
}

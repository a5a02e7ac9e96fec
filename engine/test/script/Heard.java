package script;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import kernel.cell.CellListener;
import kernel.output.Output;

/** Writes down what a cell shows and prints, in order; a failure with all its words. */
final class Heard implements CellListener {
    final List<Output> outputs = Collections.synchronizedList(new ArrayList<>());
    final List<String> order = Collections.synchronizedList(new ArrayList<>());

    @Override public void shown(Output output) {
        outputs.add(output);
        order.add(output instanceof Output.Failure ? output.toString() : output.shape());
    }

    @Override public void printed(String stream, String text) {
        order.add(stream + " " + text.strip());
    }
}

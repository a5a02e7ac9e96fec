package kernel.sql;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import kernel.cell.Cell;
import kernel.cell.CellListener;
import kernel.output.Output;
import lab.Role;

/** Remembers what cells showed. */
public final class Seen implements CellListener {
    final List<Output> outputs = new CopyOnWriteArrayList<>();
    final StringBuffer printed = new StringBuffer();
    volatile String resultId = "";

    static Cell cell(String source) {
        return new Cell("scratch-1", Cell.Language.SQL, source, Role.APP, "", "");
    }

    public static Cell cell(Role role, String session, String source) {
        return new Cell("scratch-1", Cell.Language.SQL, source, role, session, "");
    }

    List<String> shapes() {
        return outputs.stream().map(Output::shape).toList();
    }

    Output.Table table() {
        return outputs.stream().filter(Output.Table.class::isInstance).map(Output.Table.class::cast).reduce((a, b) -> b).orElseThrow();
    }

    /** The first column of the first row of the last table. */
    String value() {
        return table().rows().getFirst().getFirst().orElse(null);
    }

    Output.Failure failure() {
        return outputs.stream().filter(Output.Failure.class::isInstance).map(Output.Failure.class::cast).findFirst()
            .orElseThrow(() -> new AssertionError("no failure among " + outputs));
    }

    @Override public void shown(Output output) {
        outputs.add(output);
    }

    @Override public void kept(String id, int rows) {
        resultId = id;
    }

    @Override public void printed(String stream, String text) {
        printed.append(text);
    }
}

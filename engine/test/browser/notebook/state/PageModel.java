package browser.notebook.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import browser.notebook.state.CellOutput.Drawn;
import browser.notebook.state.CellOutput.Printed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a window knows: the state that it began with, and what it was told since. */
final class PageModel {
    private final List<CellView> cells;
    private KernelStatus kernel;
    private DatabaseStatus database;
    private List<WindowMessage.Session> sessions;

    PageModel(NotebookState state) {
        var view = NotebookView.of("lesson", state, "");
        cells = new ArrayList<>(view.cells());
        kernel = view.kernel();
        database = view.database();
        sessions = view.sessions();
    }

    void hear(WindowMessage message) {
        switch (message) {
            case WindowMessage.Cell(CellView.Status status) -> change(status.id(), cell -> with(cell, cell.source(), cell.rev(), status, cell.outputs()));
            case WindowMessage.Clear(String id) -> change(id, cell -> with(cell, cell.source(), cell.rev(), cell.status(), List.of()));
            case WindowMessage.Output(String id, Drawn drawn) -> change(id, cell ->
                with(cell, cell.source(), cell.rev(), cell.status(), Stream.concat(cell.outputs().stream(), Stream.of(drawn)).toList()));
            case WindowMessage.Print(String id, int seq, String stream, String text) -> change(id, cell ->
                with(cell, cell.source(), cell.rev(), cell.status(), printed(cell.outputs(), new Printed(seq, stream, text))));
            case WindowMessage.Edited(String id, String source, int rev, String by) -> change(id, cell -> with(cell, source, rev, cell.status(), cell.outputs()));
            case WindowMessage.Added(CellView cell) -> add(cell);
            case WindowMessage.Removed(String id) -> cells.removeIf(cell -> cell.status().id().equals(id));
            case WindowMessage.Kernel(KernelStatus now) -> kernel = now;
            case WindowMessage.Database(DatabaseStatus now) -> database = now;
            case WindowMessage.Sessions(List<WindowMessage.Session> now) -> sessions = now;
            case WindowMessage.Noticed(Notice notice) -> { }
        }
    }

    private void change(String id, UnaryOperator<CellView> change) {
        cells.replaceAll(cell -> cell.status().id().equals(id) ? change.apply(cell) : cell);
    }

    private void add(CellView cell) {
        var known = IntStream.range(0, cells.size()).filter(i -> cells.get(i).status().id().equals(cell.status().id())).findFirst();
        if (known.isPresent()) {
            cells.set(known.getAsInt(), cell);
        } else {
            cells.add(cell.after().isEmpty() ? 0 : cells.stream().map(one -> one.status().id()).toList().indexOf(cell.after()) + 1, cell);
        }
    }

    private static List<CellOutput> printed(List<CellOutput> outputs, Printed more) {
        if (outputs.isEmpty() || !(outputs.getLast() instanceof Printed last) || last.seq() != more.seq()) {
            return Stream.concat(outputs.stream(), Stream.of(more)).toList();
        }
        var joined = new Printed(last.seq(), last.stream(), last.text() + more.text());
        return Stream.concat(outputs.stream().limit(outputs.size() - 1), Stream.of(joined)).toList();
    }

    /** Where a cell stands is seen from the order: nobody is told when another comes between it and the one above. */
    private static CellView with(CellView cell, String source, int rev, CellView.Status status, List<CellOutput> outputs) {
        var shapes = outputs.stream().filter(Drawn.class::isInstance).map(output -> ((Drawn) output).shape()).toList();
        return new CellView(cell.place(), "", cell.language(), cell.role(), cell.session(), cell.original(), source, rev, status, shapes, outputs);
    }

    private static List<CellView> comparable(List<CellView> cells) {
        return cells.stream().map(cell -> with(cell, cell.source(), cell.rev(), cell.status(), cell.outputs())).toList();
    }

    void assertKnows(NotebookState state, Supplier<String> when) {
        var view = NotebookView.of("lesson", state, "");
        assertEquals(comparable(view.cells()), comparable(cells), when);
        assertEquals(view.kernel(), kernel, when);
        assertEquals(view.database(), database, when);
        assertEquals(view.sessions(), sessions, when);
    }
}

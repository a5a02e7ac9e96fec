package browser.notebook.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import browser.notebook.state.CellOutput.Drawn;
import browser.notebook.state.CellOutput.Printed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a cell has shown")
class CellOutputsTest {
    private static Drawn drawn(String html) {
        return new Drawn(0, "table", html, "table[1]", "", 0);
    }

    @Test @DisplayName("stays in order, and what is printed between two results is one text")
    void order() {
        var outputs = CellOutputs.NONE.print("out", "a").outputs().print("out", "b").outputs().draw(drawn("<p>")).outputs().print("err", "c").outputs();
        assertEquals(List.of(new Printed(0, "out", "ab"), drawn("<p>").at(1), new Printed(2, "err", "c")), outputs.all());
        assertEquals(new Printed(2, "err", "d"), outputs.print("err", "d").told().orElseThrow(), "a window is told the new part alone");
        assertEquals(List.of("table[1]"), outputs.shapes());
    }

    @Test @DisplayName("is one text also where it was printed in many pieces, and an older state keeps what it had")
    void pieces() {
        var outputs = CellOutputs.NONE;
        var half = outputs;
        for (int i = 0; i < 100_000; i++) {
            outputs = outputs.print("out", "line\n").outputs();
            half = i == 49_999 ? outputs : half;
        }
        assertEquals(List.of(new Printed(0, "out", "line\n".repeat(100_000))), outputs.all());
        assertEquals(List.of(new Printed(0, "out", "line\n".repeat(50_000))), half.all());
    }

    @Test @DisplayName("is bounded, which is said once")
    void bounded() {
        var full = CellOutputs.NONE.print("out", "x".repeat(2_000_000)).outputs();
        var first = full.draw(drawn("<p>"));
        assertTrue(first.told().orElseThrow() instanceof Printed printed && printed.text().contains("more than a page can hold"));
        assertEquals(Optional.empty(), first.outputs().print("out", "y").told());
        assertEquals(first.outputs().all(), first.outputs().print("out", "y").outputs().all());
    }

    @Test @DisplayName("has the id under which more rows are kept")
    void more() {
        var outputs = CellOutputs.NONE.draw(drawn("<p>")).outputs().draw(new Drawn(0, "table", "<p>", "table[1]", "rows-1", 900)).outputs();
        assertEquals(Optional.empty(), outputs.result(0));
        assertEquals(Optional.of("rows-1"), outputs.result(1));
    }
}

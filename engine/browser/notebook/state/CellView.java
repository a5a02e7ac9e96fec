package browser.notebook.state;

import browser.runtime.Need;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;

/**
 * A cell as the page knows it.
 *
 * @param place step or scratch
 * @param after the cell that one of the learner's own stands below; else empty
 */
public record CellView(String place, String after, String language, String role, String session, String original, String source, int rev,
                       @JsonUnwrapped Status status, List<String> shapes, List<CellOutput> outputs) {

    /**
     * How its run goes.
     *
     * @param stale whether the outputs are not what it would show now
     * @param why   they are stale
     * @param count of its last run
     * @param line  where it failed
     * @param need  which cells it needs
     */
    public record Status(String id, CellStatus status, boolean stale, String why, long ms, int count, int line, Optional<Need> need) {
        static Status of(CellState cell) {
            var run = cell.run();
            return new Status(cell.id(), run.status(), !run.stale().isEmpty(), run.stale(), run.ms(), run.number(), run.line(), run.need());
        }
    }

    static CellView of(Cells cells, CellState cell) {
        var code = cell.code();
        return new CellView(code.scratch() ? "scratch" : "step", code.scratch() ? cells.before(cell.id()) : "", code.language().word(), code.role().word(),
            code.session(), code.original(), code.source(), code.rev(), Status.of(cell), cell.run().outputs().shapes(), cell.run().outputs().all());
    }
}

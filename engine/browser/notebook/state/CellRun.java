package browser.notebook.state;

import browser.runtime.Need;
import java.time.Instant;
import java.util.Optional;
import kernel.cell.CellResult;

/**
 * What came of running a cell.
 *
 * @param before    what it was before it was queued
 * @param number    of the last run, counted over all cells; 0 for none
 * @param ms        how long that took
 * @param line      where it failed, 1-based; 0 for nowhere in particular
 * @param stale     why the outputs are stale, as a sentence; empty where they are not
 * @param startedAt the epoch where it has not started
 * @param need      which cells it needs; nothing where it has not failed, or for a reason of its own
 */
public record CellRun(CellStatus status, CellStatus before, int number, long ms, int line, String stale, Instant startedAt, Instant endedAt, CellOutputs outputs,
                      Optional<Need> need) {
    static final CellRun NONE = new CellRun(CellStatus.IDLE, CellStatus.IDLE, 0, 0, 0, "", Instant.EPOCH, Instant.EPOCH, CellOutputs.NONE, Optional.empty());

    CellRun queued() {
        return new CellRun(CellStatus.QUEUED, status, number, ms, line, stale, startedAt, endedAt, outputs, need);
    }

    /** Its turn is taken back. */
    CellRun unqueued() {
        return ended(before);
    }

    CellRun begun(int run) {
        return new CellRun(CellStatus.RUNNING, before, run, ms, 0, "", startedAt, endedAt, CellOutputs.NONE, Optional.empty());
    }

    CellRun startedAt(Instant at) {
        return new CellRun(status, before, number, ms, line, stale, at, endedAt, outputs, need);
    }

    CellRun ended(CellStatus how) {
        return new CellRun(how, before, number, ms, line, stale, startedAt, endedAt, outputs, need);
    }

    CellRun ended(CellResult result, long ms, Instant at) {
        var failed = result instanceof CellResult.Failed(int where) ? where : 0;
        return new CellRun(CellStatus.of(result), before, number, ms, failed, stale, startedAt, at, outputs, need);
    }

    CellRun stale(String why) {
        return new CellRun(status, before, number, ms, line, why, startedAt, endedAt, outputs, need);
    }

    CellRun with(CellOutputs shown) {
        return new CellRun(status, before, number, ms, line, stale, startedAt, endedAt, shown, need);
    }

    CellRun explained(Need why) {
        return new CellRun(status, before, number, ms, line, stale, startedAt, endedAt, outputs, Optional.of(why));
    }
}

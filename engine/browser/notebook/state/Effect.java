package browser.notebook.state;

import browser.http.Events;
import java.time.Duration;
import kernel.cell.Cell;

/** What has to be done so that the new state holds true. Each is begun in its order; how it goes comes as a {@link RuntimeEvent}. */
public sealed interface Effect {
    /** Writes what was written, whole. Comes first: where it cannot be written, nothing has changed. */
    record Keep(int rev, Cells cells) implements Effect { }

    record Tell(WindowMessage message) implements Effect { }

    /** Tells a window the state and what is broken, and from then on everything. */
    record OpenWindow(Events.Window window, Object more) implements Effect { }

    /** Starts server and kernels. */
    record Start(int generation) implements Effect { }

    /** Ends the kernels, and makes a fresh database. */
    record Renew(int generation) implements Effect { }

    /** Starts kernels on the fresh database. */
    record StartKernels(int generation) implements Effect { }

    record RunCell(int run, Cell cell) implements Effect { }

    /** Says after a while whether a run has not ended yet. */
    record Remind(int run, Duration after) implements Effect { }

    /** Stops all that runs, and says when that is over. */
    record StopCells(int generation) implements Effect { }

    /** Ends all runs, then the kernels, then the server. */
    record Close() implements Effect { }
}

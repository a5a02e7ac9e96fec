package browser.notebook.state;

import browser.runtime.CellNames;
import browser.runtime.Need;
import java.time.Instant;
import java.util.List;
import kernel.cell.CellResult;
import kernel.sql.SessionState;

/** How an {@link Effect} goes. What concerns a run or a database that is not there any more changes nothing. */
public sealed interface RuntimeEvent extends NotebookEvent {
    /** The server takes a while. @param line why, to the learner */
    record DatabaseStarting(int generation, String line) implements RuntimeEvent { }

    record DatabaseReady(int generation, String version) implements RuntimeEvent { }

    record DatabaseFailed(int generation, String why) implements RuntimeEvent { }

    record KernelReady(int generation) implements RuntimeEvent { }

    record KernelFailed(int generation, String why) implements RuntimeEvent { }

    /** The kernels have ended, and the database is a fresh one, or another server starts. */
    record Renewed(int generation) implements RuntimeEvent { }

    /**
     * Somebody has looked whether what cells run on is there.
     *
     * @param isReady     whether the server has started
     * @param isGone      whether it does not answer
     * @param isJavaAlive whether the process for Java cells is there
     * @param version     of the server
     */
    record HealthChecked(int generation, boolean isReady, boolean isGone, boolean isJavaAlive, String version) implements RuntimeEvent { }

    record Began(int run, Instant at) implements RuntimeEvent { }

    /** @param drawn without its place among the outputs */
    record Shown(int run, CellOutput.Drawn drawn) implements RuntimeEvent { }

    /** @param stream out or err */
    record Printed(int run, String stream, String text) implements RuntimeEvent { }

    /** A run has not ended for a while. */
    record StillRunning(int run) implements RuntimeEvent { }

    /** A run has ended. @param sessions the connections as it has left them */
    record Ended(int run, CellResult result, long ms, Instant at, boolean isJavaAlive, List<SessionState> sessions) implements RuntimeEvent { }

    /** What ran has been stopped, or has ended before; nothing that begins now is stopped. */
    record StopOver(int generation) implements RuntimeEvent { }

    /**
     * It is known what the end of a run means, and the next may begin.
     *
     * @param names      what the cell defines and uses
     * @param serverGone whether it did not end well because the server does not answer any more
     */
    record Settled(int run, CellResult result, CellNames names, boolean serverGone, boolean isJavaAlive) implements RuntimeEvent { }

    /** Why a run has failed, where other cells explain it. Comes after the next has begun. */
    record Explained(int run, Need need) implements RuntimeEvent { }

    /** Everything has ended. */
    record Closed() implements RuntimeEvent { }
}

package browser.notebook.state;

import java.util.List;
import kernel.cell.Cell;

/**
 * A fresh database and fresh kernels, and perhaps the finished cells run again.
 *
 * @param isRenewing  whether there is no database to run on yet
 * @param replay      whether the finished cells run again
 * @param cells       those that will
 * @param lastReplay  the queue's entry of the last of them; 0 while nothing is replayed
 */
record Recovery(boolean isRenewing, boolean replay, List<Cell> cells, int lastReplay) {
    static final Recovery NONE = new Recovery(false, false, List.of(), 0);

    static Recovery begun(boolean replay, List<Cell> finished) {
        return new Recovery(true, replay, replay ? List.copyOf(finished) : List.of(), 0);
    }

    Recovery replaying(int last) {
        return new Recovery(false, replay, List.of(), last);
    }

    boolean isReplaying() {
        return lastReplay > 0;
    }
}

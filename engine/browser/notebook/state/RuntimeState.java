package browser.notebook.state;

import java.util.List;
import kernel.sql.SessionState;

/**
 * What the cells run on: a server with the lesson's database, and the kernels.
 *
 * @param generation  which database it is, by number
 * @param isStarted   whether it was ever asked for
 * @param isJavaAlive whether the process for Java cells was there when it was last looked at
 * @param misses      how often in a row the server has not answered
 * @param sessions    the connections of SQL cells
 * @param problems    what a window that opens later has to be told as well: what is broken, with the button that repairs it
 */
public record RuntimeState(int generation, boolean isStarted, boolean isJavaAlive, int misses, KernelStatus kernel, DatabaseStatus database,
                           List<SessionState> sessions, List<Notice> problems) {
    static final RuntimeState NONE = new RuntimeState(0, false, false, 0, KernelStatus.NONE, DatabaseStatus.NONE, List.of(), List.of());

    RuntimeState started() {
        return new RuntimeState(generation, true, true, 0, kernel, database, sessions, problems);
    }

    /** What still runs on the database of now does not count any more. */
    RuntimeState replaced() {
        return new RuntimeState(generation + 1, true, isJavaAlive, 0, kernel, database, sessions, problems);
    }

    RuntimeState java(boolean isAlive) {
        return new RuntimeState(generation, isStarted, isAlive, misses, kernel, database, sessions, problems);
    }

    RuntimeState misses(int number) {
        return new RuntimeState(generation, isStarted, isJavaAlive, number, kernel, database, sessions, problems);
    }

    RuntimeState kernel(KernelStatus now) {
        return new RuntimeState(generation, isStarted, isJavaAlive, misses, now, database, sessions, problems);
    }

    RuntimeState database(DatabaseStatus now) {
        return new RuntimeState(generation, isStarted, isJavaAlive, misses, kernel, now, sessions, problems);
    }

    RuntimeState sessions(List<SessionState> now) {
        return new RuntimeState(generation, isStarted, isJavaAlive, misses, kernel, database, List.copyOf(now), problems);
    }

    RuntimeState problems(List<Notice> now) {
        return new RuntimeState(generation, isStarted, isJavaAlive, misses, kernel, database, sessions, now);
    }

    boolean isDatabaseLost() {
        return database.status() == DatabaseStatus.Kind.LOST;
    }

    boolean isKernelDead() {
        return kernel.status() == KernelStatus.Kind.DEAD;
    }
}

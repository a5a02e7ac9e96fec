package kernel.sql;

import lab.Role;

/**
 * A session as it is now.
 *
 * @param name    as the learner gave it; empty for the role's usual one
 * @param pid     of its backend, as pg_stat_activity names it
 * @param running whether it runs a cell
 */
public record SessionState(String name, Role role, int pid, Transaction transaction, boolean running) {

    /** How a session stands towards its transaction. In a failed one PostgreSQL accepts only rollback. */
    public enum Transaction { IDLE, OPEN, FAILED }
}

package kernel.sql;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who does what in the lesson's databases at one moment, and who waits for whom.
 *
 * @param backends in the order in which they connected
 */
public record ActivitySnapshot(Instant at, List<Backend> backends) {

    /**
     * @param session     what a person calls it: a session's name, else its application_name
     * @param role        app, owner, admin, or another role's own name
     * @param application its application_name, by which pools are told apart
     * @param state       as pg_stat_activity has it: active, idle, idle in transaction, …
     * @param waitsFor    what it waits for, "Lock: transactionid"; empty where it does not
     * @param blockedBy   the pids it waits for; 0 stands for a prepared transaction
     * @param locks       those it waits for first, then those it holds on the lesson's tables
     * @param statement   the beginning of what it runs, or ran last
     * @param ms          since its state last changed
     */
    public record Backend(int pid, String session, String role, String application, String database, String state, String waitsFor,
                          List<Integer> blockedBy, List<Lock> locks, String statement, long ms) {

        /** "ShareLock on transaction 745", of the lock it waits for; empty where it waits for none. */
        public String lock() {
            return locks.stream().filter(lock -> !lock.granted()).map(lock -> lock.mode() + " on " + lock.target()).findFirst().orElse("");
        }

        /** Whether it works, or holds a transaction open. */
        public boolean isBusy() {
            return !state.equals("idle");
        }
    }

    /**
     * @param mode   AccessExclusiveLock and its like
     * @param target "table users", "transaction 745", "advisory 42"
     */
    public record Lock(String mode, String target, boolean granted) { }

    /**
     * The connections with one application_name: a pool, as the server sees it.
     *
     * @param waiting those of the active ones that wait for a lock
     */
    public record Pool(String application, String role, int connections, int active, int idle, int idleInTransaction, int waiting) { }

    /** The largest first. */
    public List<Pool> pools() {
        Map<List<String>, List<Backend>> groups = new LinkedHashMap<>();
        backends.forEach(backend -> groups.computeIfAbsent(List.of(backend.application(), backend.role()), key -> new java.util.ArrayList<>()).add(backend));
        return groups.values().stream().map(ActivitySnapshot::pool)
            .sorted(java.util.Comparator.comparingInt(Pool::connections).reversed()).toList();
    }

    private static Pool pool(List<Backend> members) {
        return new Pool(members.getFirst().application(), members.getFirst().role(), members.size(), count(members, "active"),
            count(members, "idle"), count(members, "idle in transaction") + count(members, "idle in transaction (aborted)"),
            (int) members.stream().filter(backend -> !backend.blockedBy().isEmpty()).count());
    }

    private static int count(List<Backend> members, String state) {
        return (int) members.stream().filter(backend -> backend.state().equals(state)).count();
    }
}

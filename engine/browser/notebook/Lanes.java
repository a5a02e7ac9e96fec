package browser.notebook;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import kernel.cell.Cell;
import kernel.sql.SessionState;

/** Which cells wait for their turn, and behind which others. Used under the notebook's lock. */
final class Lanes implements AutoCloseable {
    private static final String BESIDE = "beside";
    private final Object lock;
    private final Standings tells;
    private final Foreground foreground;
    private final Ground ground;
    private final Function<Slot, Status> runs;
    private final Map<String, Lane> lanes = new HashMap<>();
    private int stops;

    Lanes(Object lock, Standings tells, Foreground foreground, Ground ground, Function<Slot, Status> runs) {
        this.lock = lock;
        this.tells = tells;
        this.foreground = foreground;
        this.ground = ground;
        this.runs = runs;
    }

    /** Lets cells run one after the other. @return the last of them */
    Optional<Work> queue(List<Slot> wanted) {
        Work last = null;
        for (var slot : wanted) {
            if (slot.status.isAtWork()) {
                continue;
            }
            slot.before = slot.status;
            slot.status = Status.QUEUED;
            tells.cell(slot);
            var lane = lanes.computeIfAbsent(name(slot), name -> new Lane(name, runs, this::abandon));
            last = last == null ? Work.alone(slot, lane) : last.then(slot, lane);
            lane.add(last);
        }
        return Optional.ofNullable(last);
    }

    /**
     * Where Java waits for a lock that an open transaction holds, the SQL that ends the transaction must not wait for Java.
     */
    private String name(Slot slot) {
        if (slot.language != Cell.Language.SQL) {
            return "";
        }
        var isOpen = foreground.runsJava() && slot.session.isEmpty() && ground.sessions().stream().anyMatch(one ->
            one.name().isEmpty() && one.role().equals(slot.role) && one.transaction() != SessionState.Transaction.IDLE);
        return isOpen ? BESIDE : slot.session.isEmpty() ? "" : "session " + slot.session;
    }

    private void abandon(Slot slot) {
        synchronized (lock) {
            if (slot.status == Status.QUEUED) {
                slot.status = slot.before;
                tells.cell(slot);
            }
        }
    }

    /** Takes back what waits. */
    void takeBack() {
        lanes.values().forEach(lane -> lane.clear().forEach(this::abandon));
    }

    /** Takes back what waits, and what runs hears of it. */
    void stop() {
        takeBack();
        stops++;
    }

    /** How often somebody has asked to stop. */
    int stops() {
        return stops;
    }

    /** Whether somebody has asked to stop since the cell began. */
    boolean isStopped(Slot slot) {
        return slot.stops < stops;
    }

    @Override public void close() {
        lanes.values().forEach(Lane::close);
    }
}

package browser.notebook;

import browser.http.Refusal;
import browser.runtime.LessonLab;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kernel.cell.Cell;

/** Puts a fresh database and fresh kernels in the place of what has broken under the cells, or been given up. The notebook's lock guards it. */
final class Mending {
    private final Object lock;
    private final Slots slots;
    private final Standings tells;
    private final Foreground foreground;
    private final Ground ground;
    private final Lanes lanes;
    private final Freshness freshness;
    /** What has run to its end on this database, in that order: what a replay runs again. */
    private final Map<String, Cell> finished = new LinkedHashMap<>();
    private boolean mending;

    Mending(Object lock, Slots slots, Standings tells, Foreground foreground, Ground ground, Lanes lanes, Freshness freshness) {
        this.lock = lock;
        this.slots = slots;
        this.tells = tells;
        this.foreground = foreground;
        this.ground = ground;
        this.lanes = lanes;
        this.freshness = freshness;
    }

    /** Under the lock. */
    boolean isAtWork() {
        return mending;
    }

    /** Under the lock. */
    void finished(Cell cell) {
        finished.put(cell.id(), cell);
    }

    /** Under the lock. */
    void forget(String cell) {
        finished.remove(cell);
    }

    /**
     * A fresh database, fresh kernels. Returns at once.
     *
     * @param replay whether the cells that had run to their end run again, in order
     */
    void reset(boolean replay) {
        synchronized (lock) {
            if (mending) {
                throw new Refusal(409, "the database is being made anew already");
            }
            mend(replay, replay ? "The finished cells run again, on a fresh database." : "");
        }
    }

    /** Returns at once. Under the lock. @param says why, to the learner */
    void mend(boolean replay, String says) {
        mending = true;
        ground.leave();
        lanes.takeBack();
        slots.all().stream().filter(slot -> slot.status == Status.RUNNING).forEach(slot -> {
            slot.status = lanes.isStopped(slot) ? Status.STOPPED : Status.LOST;
            tells.cell(slot);
        });
        foreground.leave();
        tells.database("resetting", "", "");
        tells.kernel("starting", "");
        tells.mended(says);
        var again = replay ? List.copyOf(finished.values()) : List.<Cell>of();
        Thread.ofVirtual().name("mend").start(() -> {
            ground.clear();
            begin(ground.server().renewed(), again, replay);
        });
    }

    private void begin(CompletableFuture<LessonLab> renewed, List<Cell> again, boolean replay) {
        synchronized (lock) {
            freshness.clear();
            finished.clear();
            slots.all().stream().filter(slot -> !replay || slot.status == Status.DONE).forEach(slot -> {
                slot.forget();
                tells.forgotten(slot);
            });
            mending = false;
            ground.take(renewed);
            replay(again);
        }
    }

    private void replay(List<Cell> again) {
        var cells = again.stream().filter(cell -> slots.has(cell.id())).toList();
        cells.forEach(cell -> slots.get(cell.id()).again = cell);
        foreground.replays(!cells.isEmpty());
        lanes.queue(cells.stream().map(cell -> slots.get(cell.id())).toList()).ifPresent(last -> last.ended().thenAccept(how -> {
            synchronized (lock) {
                if (how != Status.DONE) {
                    tells.notice("warning", "Not all of the finished cells ran to their end again.");
                }
                foreground.replayed(ground.isJavaAlive());
            }
        }));
    }
}

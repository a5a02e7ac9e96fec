package browser;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kernel.cell.Cell;
import kernel.cell.Ending;

/** Sees what has broken under the cells, and puts something whole in its place. The notebook's lock guards it. */
final class Mending {
    /** A server that is busy may miss once. */
    private static final int MISSES = 2;
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
    private int misses;

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

    /** The one who ran a cell sees what is left of what it ran on. */
    void after(Cell cell, Ending ending, int when) {
        var isServerGone = !(ending instanceof Ending.Done) && ground.server().isGone();
        synchronized (lock) {
            if (!ground.isCurrent(when) || mending) {
                return;
            }
            if (isServerGone) {
                lost();
            } else if (!ground.isJavaAlive() && cell.language() == Cell.Language.JAVA) {
                mendJava(ending);
            }
        }
    }

    private void mendJava(Ending ending) {
        if (foreground.isReplaying()) {
            tells.kernel("dead", "");
            tells.notice("error", "The process for Java cells ended again while the finished cells ran once more.", Standings.TRY_AGAIN);
        } else {
            var why = ending instanceof Ending.Lost(String lost) ? lost : "the cell did not stop, so its process was ended";
            mend(true, "The process for Java cells is gone: " + why + ". The finished cells run again, on a fresh database.");
        }
    }

    private void lost() {
        tells.database("lost", "the server does not answer any more", "");
        tells.notice("error", "The database is gone: its server does not answer any more.", Standings.MEND);
    }

    /** While no cell runs, nobody else would hear that something has died. What is to become of it, the learner says. */
    void look() {
        int when;
        synchronized (lock) {
            if (mending || !ground.server().isReady()) {
                misses = 0;
                return;
            }
            when = ground.generation();
        }
        var isServerGone = ground.server().isGone();
        synchronized (lock) {
            if (ground.isCurrent(when) && !mending) {
                misses = isServerGone ? misses + 1 : 0;
                tellWhatDied();
            }
        }
    }

    private void tellWhatDied() {
        if (misses >= MISSES && !tells.isDatabaseLost()) {
            lost();
        } else if (misses == 0 && tells.isDatabaseLost()) {
            tells.database("ready", "", ground.server().version());
            tells.mended("The database answers again.");
        } else if (misses == 0 && !ground.isJavaAlive() && !foreground.runsJava() && !tells.isKernelDead()) {
            tells.kernel("dead", "its process has ended");
            tells.notice("error", "The process for Java cells has ended, and its variables are gone.", Standings.MEND);
        }
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

    private void mend(boolean replay, String says) {
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

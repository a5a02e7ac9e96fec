package browser;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kernel.Output;
import kernel.cell.Cell;
import kernel.cell.Ending;
import lesson.Lesson;

/** Runs the cells of a notebook. The notebook's lock guards the slots; nothing that takes long is done under it. */
final class Running implements AutoCloseable {
    private static final int PULSE_MS = 1_500;
    private final Object lock;
    private final Slots slots;
    private final Events events;
    private final Standings tells;
    private final Foreground foreground;
    private final Ground ground;
    private final Lanes lanes;
    private final Freshness freshness;
    private final Mending mending;
    private final Losses losses;
    private final Watching watching;
    private final Repeating pulse;
    private int runs;

    Running(Lesson lesson, String db, Object lock, Slots slots, Events events) {
        this.lock = lock;
        this.slots = slots;
        this.events = events;
        this.tells = new Standings(events);
        this.foreground = new Foreground(tells);
        this.ground = new Ground(lesson, db, lock, tells, foreground);
        this.lanes = new Lanes(lock, tells, foreground, ground, this::execute);
        this.freshness = new Freshness(slots, tells);
        this.mending = new Mending(lock, slots, tells, foreground, ground, lanes, freshness);
        this.losses = new Losses(lock, tells, foreground, ground, mending);
        this.watching = new Watching(events, () -> ground.kernels().flatMap(Kernels::watch));
        this.pulse = new Repeating("pulse", PULSE_MS, () -> events.count() > 0, losses::look);
    }

    /** Somebody looks, and is to hear when something dies. */
    void seen() {
        pulse.begin();
    }

    /** What the cells run on. */
    Ground ground() {
        return ground;
    }

    Mending mending() {
        return mending;
    }

    Standings standings() {
        return tells;
    }

    Freshness freshness() {
        return freshness;
    }

    Watching watch() {
        return watching;
    }

    /** Whether no cell runs or waits. */
    boolean isIdle() {
        synchronized (lock) {
            return !mending.isAtWork() && slots.all().stream().noneMatch(slot -> slot.status.isAtWork());
        }
    }

    /** Whether there is anything that would be lost with the database. */
    boolean hasRun() {
        synchronized (lock) {
            return slots.all().stream().anyMatch(Slot::hasRun);
        }
    }

    /** Runs cells one after the other; what follows one that fails is not run. Returns at once. */
    void run(List<String> ids) {
        ground.warm();
        synchronized (lock) {
            if (mending.isAtWork()) {
                throw new Refusal(409, "the database is being made anew; run it when that is done");
            }
            lanes.queue(ids.stream().map(slots::get).toList());
        }
    }

    private Status execute(Slot slot) {
        Kernels on;
        Cell cell;
        int when;
        synchronized (lock) {
            if (slot.status != Status.QUEUED) {
                return Status.STOPPED;
            }
            on = ground.warm();
            when = ground.generation();
            cell = begin(slot);
        }
        var hearing = new Hearing(slot, lock, events, () -> ground.isCurrent(when));
        var names = Freshness.read(cell);
        on.await(cell.language());
        var start = System.nanoTime();
        var ending = isStopped(slot) ? new Ending.Stopped() : run(on, cell, hearing);
        if (ending instanceof Ending.Lost(String why)) {
            hearing.shown(new Output.Failure("Gone", why, "", "", "", "", 0));
        }
        hearing.end();
        var how = end(slot, cell, ending, start, when);
        remember(slot, cell, names, when);
        return how;
    }

    /** A kernel that is still starting has not heard of a stop. */
    private boolean isStopped(Slot slot) {
        synchronized (lock) {
            return lanes.isStopped(slot);
        }
    }

    private static Ending run(Kernels on, Cell cell, Hearing hearing) {
        try {
            return on.run(cell, hearing);
        } catch (InterruptedException e) {
            return new Ending.Stopped();
        } catch (RuntimeException e) {
            return new Ending.Lost(Optional.ofNullable(e.getMessage()).orElse(e.toString()));
        }
    }

    private Cell begin(Slot slot) {
        slot.outputs.clear();
        slot.status = Status.RUNNING;
        slot.count = ++runs;
        slot.stops = lanes.stops();
        slot.began = Instant.now();
        slot.line = 0;
        slot.why = "";
        events.tell("clear", Map.of("id", slot.id));
        tells.cell(slot);
        foreground.begins(slot.language);
        var cell = Optional.ofNullable(slot.again).orElseGet(slot::cell);
        slot.again = null;
        return cell;
    }

    private Status end(Slot slot, Cell cell, Ending ending, long start, int when) {
        synchronized (lock) {
            if (!ground.isCurrent(when)) {
                return Status.STOPPED; // of a database that is gone
            }
            slot.status = Status.of(ending);
            slot.ended = Instant.now();
            slot.ms = (System.nanoTime() - start) / 1_000_000;
            slot.line = ending instanceof Ending.Failed(int line) ? line : 0;
            if (slot.status == Status.DONE) {
                mending.finished(cell);
            }
            tells.cell(slot);
            foreground.ends(cell.language(), ground.isJavaAlive());
        }
        tellSessions();
        losses.after(cell, ending, when);
        return slot.status;
    }

    /** Which names the cell has given a meaning, and so which other cells are stale now. */
    private void remember(Slot slot, Cell cell, CompletableFuture<Used> names, int when) {
        var used = names.join();
        synchronized (lock) {
            if (ground.isCurrent(when)) {
                freshness.ran(cell, slot.count, used);
            }
        }
    }

    private void tellSessions() {
        var now = ground.sessions();
        synchronized (lock) {
            tells.sessions(now);
        }
    }

    /** Stops all that runs, and takes back what waits. Returns when it has stopped. */
    void stop() {
        Optional<Kernels> on;
        synchronized (lock) {
            lanes.stop();
            on = ground.kernels();
            foreground.stopping();
        }
        on.ifPresent(Kernels::stop); // who ran the cell sees whether its process is gone
    }

    /** A cell is no longer there. Under the lock. */
    void forget(String cell) {
        freshness.forget(cell);
        mending.forget(cell);
    }

    @Override public void close() {
        lanes.close();
        ground.close();
    }
}

package browser.notebook;

import browser.http.Events;
import browser.http.Refusal;
import browser.runtime.Kernels;
import java.util.List;
import java.util.Optional;
import lesson.Lesson;

/**
 * Runs the cells of a notebook: {@link Lanes} give each its turn, {@link Execution} runs it on the {@link Ground}. The
 * notebook's lock guards the slots; nothing that takes long is done under it.
 */
final class Running implements AutoCloseable {
    private static final int PULSE_MS = 1_500;
    private final Object lock;
    private final Slots slots;
    private final Standings tells;
    private final Foreground foreground;
    private final Ground ground;
    private final Lanes lanes;
    private final Freshness freshness;
    private final Mending mending;
    private final Execution execution;
    private final Watching watching;
    private final Repeating pulse;

    Running(Lesson lesson, String db, Object lock, Slots slots, Events events) {
        this.lock = lock;
        this.slots = slots;
        this.tells = new Standings(events);
        this.foreground = new Foreground(tells);
        this.ground = new Ground(lesson, db, lock, tells, foreground);
        this.lanes = new Lanes(lock, tells, foreground, ground, this::execute);
        this.freshness = new Freshness(slots, tells);
        this.mending = new Mending(lock, slots, tells, foreground, ground, lanes, freshness);
        var losses = new Losses(lock, tells, foreground, ground, mending);
        this.execution = new Execution(lock, events, tells, foreground, ground, lanes, freshness, mending, losses);
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
        return execution.run(slot);
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

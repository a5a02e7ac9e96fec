package browser.notebook;

import browser.http.Events;
import browser.runtime.Kernels;
import browser.runtime.Used;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kernel.cell.Cell;
import kernel.cell.Ending;
import kernel.output.Output;

/** Runs a cell whose turn it is, from its beginning to its end, and tells the windows. The notebook's lock guards the slots. */
final class Execution {
    private final Object lock;
    private final Events events;
    private final Standings tells;
    private final Foreground foreground;
    private final Ground ground;
    private final Lanes lanes;
    private final Freshness freshness;
    private final Mending mending;
    private final Losses losses;
    private int runs;

    Execution(Object lock, Events events, Standings tells, Foreground foreground, Ground ground, Lanes lanes, Freshness freshness,
            Mending mending, Losses losses) {
        this.lock = lock;
        this.events = events;
        this.tells = tells;
        this.foreground = foreground;
        this.ground = ground;
        this.lanes = lanes;
        this.freshness = freshness;
        this.mending = mending;
        this.losses = losses;
    }

    /** @return how it ended */
    Status run(Slot slot) {
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

    private Cell begin(Slot slot) {
        var cell = slot.begin(++runs, lanes.stops());
        events.tell("clear", Map.of("id", slot.id), true);
        tells.cell(slot);
        foreground.begins(slot.language);
        return cell;
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

    private Status end(Slot slot, Cell cell, Ending ending, long start, int when) {
        synchronized (lock) {
            if (!ground.isCurrent(when)) {
                return Status.STOPPED; // of a database that is gone
            }
            slot.end(ending, (System.nanoTime() - start) / 1_000_000);
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

    private void tellSessions() {
        var now = ground.sessions();
        synchronized (lock) {
            tells.sessions(now);
        }
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
}

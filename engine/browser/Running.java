package browser;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kernel.Output;
import kernel.cell.Cell;
import kernel.cell.Ending;
import kernel.sql.SessionState;
import lab.LabException;
import lesson.Lesson;

/**
 * Runs the cells of a notebook, and mends what they run on. The notebook's lock guards the slots; nothing that takes long is
 * done under it.
 */
final class Running implements AutoCloseable {
    private static final String BESIDE = "beside";
    private final Lesson lesson;
    private final String db;
    private final Object lock;
    private final Slots slots;
    private final Events events;
    private final Standings tells;
    private final Watching watching;
    private final Staleness staleness = new Staleness();
    private final Map<String, Lane> lanes = new HashMap<>();
    /** What has run to its end on this database, in that order: what a replay runs again. */
    private final Map<String, Cell> finished = new LinkedHashMap<>();
    private CompletableFuture<LessonLab> lab;
    private Kernels kernels;
    private int runs;
    private int generation;
    private boolean mending;
    private boolean replaying;
    private int stops;
    private Cell.Language inMain = Cell.Language.SHELL;

    Running(Lesson lesson, String db, Object lock, Slots slots, Events events) {
        this.lesson = lesson;
        this.db = db;
        this.lock = lock;
        this.slots = slots;
        this.events = events;
        this.tells = new Standings(events);
        this.watching = new Watching(events, () -> kernels().flatMap(Kernels::watch));
    }

    Watching watch() {
        return watching;
    }

    /** Whether no cell runs or waits. */
    boolean isIdle() {
        synchronized (lock) {
            return !mending && slots.all().stream().noneMatch(slot -> slot.status.isAtWork());
        }
    }

    /** What the server logged while a cell ran. */
    List<String> log(Slot slot) {
        CompletableFuture<LessonLab> on;
        Instant from;
        Instant to;
        synchronized (lock) {
            on = lab;
            from = slot.began;
            to = slot.status == Status.RUNNING ? Instant.now() : slot.ended;
        }
        if (on == null || !on.isDone() || from.equals(Instant.EPOCH)) {
            return List.of();
        }
        try {
            return LessonLab.of(on).lab().server().log().between(from, to);
        } catch (LabException e) {
            throw new Refusal(404, e.getMessage());
        }
    }

    Standings standings() {
        return tells;
    }

    // ---- what cells run on

    /** Starts what cells run on. Returns at once, and does nothing when it is there already. */
    Kernels warm() {
        synchronized (lock) {
            if (kernels == null) {
                tells.database("starting", "", "");
                lab = startLab();
                startKernels();
            }
            return kernels;
        }
    }

    private CompletableFuture<LessonLab> startLab() {
        return LessonLab.start(lesson, db, line -> {
            synchronized (lock) {
                tells.database("starting", line, "");
            }
        });
    }

    private void startKernels() {
        kernels = Kernels.start(lesson, lab);
        tells.kernel("starting", "");
        var now = generation;
        var started = kernels;
        Thread.ofVirtual().name("warm " + lesson.id()).start(() -> report(started, now));
    }

    private void report(Kernels started, int when) {
        try {
            var ready = LessonLab.of(lab);
            whileCurrent(when, () -> tells.database("ready", "", ready.version()));
        } catch (RuntimeException e) {
            whileCurrent(when, () -> {
                tells.database("lost", e.getMessage(), "");
                tells.kernel("dead", "there is no database");
                tells.notice("error", "The database could not start: " + e.getMessage(), Standings.TRY_AGAIN);
            });
            return;
        }
        try {
            started.awaitJava();
            whileCurrent(when, () -> tells.kernel(inMain == Cell.Language.JAVA ? "busy" : "ready", ""));
        } catch (RuntimeException e) {
            whileCurrent(when, () -> {
                tells.kernel("dead", e.getMessage());
                tells.notice("error", "The process for Java cells could not start: " + e.getMessage(), Standings.TRY_AGAIN);
            });
        }
    }

    private void whileCurrent(int when, Runnable does) {
        synchronized (lock) {
            if (when == generation) {
                does.run();
            }
        }
    }

    /** The kernels as they are, where they have been started. */
    Optional<Kernels> kernels() {
        synchronized (lock) {
            return Optional.ofNullable(kernels);
        }
    }

    List<SessionState> sessions() {
        return kernels().map(Kernels::sessions).orElse(List.of());
    }

    // ---- cells

    /** Runs cells one after the other; what follows one that fails is not run. Returns at once. */
    void run(List<String> ids) {
        warm();
        synchronized (lock) {
            if (mending) {
                throw new Refusal(409, "the database is being made anew; run it when that is done");
            }
            queue(ids.stream().map(slots::get).toList());
        }
    }

    /** Under the lock. */
    private Optional<Work> queue(List<Slot> wanted) {
        Work last = null;
        for (var slot : wanted) {
            if (slot.status.isAtWork()) {
                continue;
            }
            slot.before = slot.status;
            slot.status = Status.QUEUED;
            tells.cell(slot);
            var lane = lane(slot);
            last = last == null ? Work.alone(slot, lane) : last.then(slot, lane);
            lane.add(last);
        }
        return Optional.ofNullable(last);
    }

    private Lane lane(Slot slot) {
        return lanes.computeIfAbsent(laneName(slot), name -> new Lane(name, this::execute, this::abandon));
    }

    /**
     * Where Java waits for a lock that an open transaction holds, the SQL that ends the transaction must not wait for Java.
     */
    private String laneName(Slot slot) {
        if (slot.language != Cell.Language.SQL) {
            return "";
        }
        var isOpen = inMain == Cell.Language.JAVA && slot.session.isEmpty() && sessions().stream().anyMatch(one ->
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

    private Status execute(Slot slot) {
        Kernels on;
        Cell cell;
        int when;
        synchronized (lock) {
            if (slot.status != Status.QUEUED) {
                return Status.STOPPED;
            }
            on = warm();
            when = generation;
            cell = begin(slot);
        }
        var hearing = new Hearing(slot, lock, events, () -> when == generation);
        // Reading the cell takes a moment, the first time half a second, and nobody waits for it.
        var names = CompletableFuture.supplyAsync(() -> Used.by(cell, Kernels::names), Thread.ofVirtual()::start);
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

    /** Whether somebody has asked to stop since the cell began; a kernel that is still starting has not heard it. */
    private boolean isStopped(Slot slot) {
        synchronized (lock) {
            return slot.stops < stops;
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
        slot.stops = stops;
        slot.began = Instant.now();
        slot.line = 0;
        slot.why = "";
        events.tell("clear", Map.of("id", slot.id));
        tells.cell(slot);
        if (slot.language != Cell.Language.SQL) {
            inMain = slot.language;
            tells.kernel(replaying ? "replaying" : "busy", "");
        }
        var cell = Optional.ofNullable(slot.again).orElseGet(slot::cell);
        slot.again = null;
        return cell;
    }

    private Status end(Slot slot, Cell cell, Ending ending, long start, int when) {
        synchronized (lock) {
            if (when != generation) {
                return Status.STOPPED; // of a database that is gone
            }
            slot.status = Status.of(ending);
            slot.ended = Instant.now();
            slot.ms = (System.nanoTime() - start) / 1_000_000;
            slot.line = ending instanceof Ending.Failed(int line) ? line : 0;
            if (slot.status == Status.DONE) {
                finished.put(cell.id(), cell);
            }
            tells.cell(slot);
            if (cell.language() != Cell.Language.SQL) {
                inMain = Cell.Language.SHELL;
                if (kernels.isJavaAlive()) {
                    tells.kernel(replaying ? "replaying" : "ready", "");
                }
            }
        }
        tellSessions();
        mendAfter(ending, when);
        return slot.status;
    }

    /** Which names the cell has given a meaning, and so which other cells are stale now. */
    private void remember(Slot slot, Cell cell, CompletableFuture<Used> names, int when) {
        var used = names.join();
        synchronized (lock) {
            if (when == generation) {
                staleness.ran(cell, slot.count, used);
                refresh();
            }
        }
    }

    private void tellSessions() {
        var now = sessions();
        synchronized (lock) {
            tells.sessions(now);
        }
    }

    /** Says of every cell anew whether it is stale. Under the lock. */
    void refresh() {
        for (var slot : slots.all()) {
            var why = slot.hasRun() ? staleness.why(slot.cell(), slots) : "";
            if (!why.equals(slot.why)) {
                slot.why = why;
                tells.cell(slot);
            }
        }
    }

    // ---- stopping and mending

    /** Stops all that runs, and takes back what waits. Returns when it has stopped. */
    void stop() {
        Optional<Kernels> on;
        synchronized (lock) {
            takeBack();
            stops++;
            on = kernels();
            if (inMain == Cell.Language.JAVA) {
                tells.kernel("stopping", "");
            }
        }
        on.ifPresent(Kernels::stop); // who ran the cell sees whether its process is gone
    }

    private void takeBack() {
        lanes.values().forEach(lane -> lane.clear().forEach(this::abandon));
    }

    /** The one who ran the cell sees what is left of what it ran on. */
    private void mendAfter(Ending ending, int when) {
        CompletableFuture<LessonLab> on;
        boolean isJavaGone;
        synchronized (lock) {
            if (when != generation || mending) {
                return;
            }
            on = lab;
            isJavaGone = !kernels.isJavaAlive();
        }
        var isServerGone = !(ending instanceof Ending.Done) && !(on.isDone() && !on.isCompletedExceptionally() && on.join().answers());
        synchronized (lock) {
            if (when != generation || mending) {
                return;
            }
            if (isServerGone) {
                tells.database("lost", "the server does not answer any more", "");
                tells.notice("error", "The database is gone: its server does not answer any more.", Standings.MEND);
            } else if (isJavaGone && replaying) {
                tells.kernel("dead", "");
                tells.notice("error", "The process for Java cells ended again while the finished cells ran once more.", Standings.TRY_AGAIN);
            } else if (isJavaGone) {
                var why = ending instanceof Ending.Lost(String lost) ? lost : "the cell did not stop, so its process was ended";
                mend(true, "The process for Java cells is gone: " + why + ". The finished cells run again, on a fresh database.");
            }
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

    /** Under the lock. */
    private void mend(boolean replay, String says) {
        mending = true;
        generation++;
        takeBack();
        slots.all().stream().filter(slot -> slot.status == Status.RUNNING).forEach(slot -> {
            slot.status = slot.stops < stops ? Status.STOPPED : Status.LOST;
            tells.cell(slot);
        });
        inMain = Cell.Language.SHELL;
        replaying = false;
        tells.mended();
        tells.database("resetting", "", "");
        tells.kernel("starting", "");
        if (!says.isEmpty()) {
            tells.notice("info", says);
        }
        var again = replay ? List.copyOf(finished.values()) : List.<Cell>of();
        var old = Optional.ofNullable(kernels);
        Thread.ofVirtual().name("mend " + lesson.id()).start(() -> mend(old, again, replay));
    }

    private void mend(Optional<Kernels> old, List<Cell> again, boolean replay) {
        try {
            old.ifPresent(Kernels::close);
        } catch (RuntimeException e) {
            // it was broken, and is replaced; its database goes with all connections to it
        }
        var renewed = renewed();
        synchronized (lock) {
            lab = renewed;
            staleness.clear();
            finished.clear();
            slots.all().stream().filter(slot -> !replay || slot.status == Status.DONE).forEach(slot -> {
                slot.forget();
                tells.forgotten(slot);
            });
            mending = false;
            startKernels();
            replay(again);
        }
    }

    /** The same server with a fresh database; another server where it does not answer any more. */
    private CompletableFuture<LessonLab> renewed() {
        var current = lab;
        try {
            if (current != null && !current.isCompletedExceptionally()) {
                current.join().renew();
                return current;
            }
        } catch (RuntimeException e) {
            current.thenAccept(LessonLab::close).exceptionally(gone -> null);
        }
        return startLab();
    }

    private void replay(List<Cell> again) {
        var cells = again.stream().filter(cell -> slots.has(cell.id())).toList();
        cells.forEach(cell -> slots.get(cell.id()).again = cell);
        replaying = !cells.isEmpty();
        queue(cells.stream().map(cell -> slots.get(cell.id())).toList()).ifPresent(last -> last.ended().thenAccept(how -> {
            synchronized (lock) {
                replaying = false;
                if (how != Status.DONE) {
                    tells.notice("warning", "Not all of the finished cells ran to their end again.");
                }
                if (kernels.isJavaAlive()) {
                    tells.kernel("ready", "");
                }
            }
        }));
    }

    void forget(String cell) {
        staleness.forget(cell);
        finished.remove(cell);
    }

    @Override public void close() {
        lanes.values().forEach(Lane::close);
        Optional<Kernels> last;
        synchronized (lock) {
            generation++;
            last = kernels();
        }
        last.ifPresent(Kernels::close);
        if (lab != null) {
            lab.handle((ready, failure) -> Optional.ofNullable(ready)).join().ifPresent(LessonLab::close);
        }
    }
}

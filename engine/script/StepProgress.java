package script;

import java.time.Duration;
import java.util.Optional;
import kernel.output.Numbers;
import lab.Progress;

/** Says of a step that takes long, and shows nothing meanwhile, that it still runs. */
final class StepProgress implements AutoCloseable {
    private final Progress progress;
    private final Duration silence;
    private Optional<Running> running = Optional.empty();
    private Optional<Thread> watcher = Optional.empty();

    private record Running(String step, long since, long shown) { }

    /** @param silence after which a line is due, and another one after as long */
    StepProgress(Progress progress, Duration silence) {
        this.progress = progress;
        this.silence = silence;
    }

    /** @param step in words, "Step 3 of 16" */
    synchronized void begin(String step) {
        running = Optional.of(new Running(step, System.nanoTime(), System.nanoTime()));
        if (watcher.isEmpty()) {
            watcher = Optional.of(Thread.ofVirtual().start(this::watch));
        }
    }

    /** The step has shown something, so that everybody sees that it runs. */
    synchronized void shown() {
        running = running.map(step -> new Running(step.step(), step.since(), System.nanoTime()));
    }

    /** The step is over, or somebody is asked. */
    synchronized void end() {
        running = Optional.empty();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(silence.dividedBy(10));
                sayWhatIsDue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Under the lock, so that nothing is said of a step once it is over. */
    private synchronized void sayWhatIsDue() {
        var now = System.nanoTime();
        running.filter(step -> now - step.shown() >= silence.toNanos()).ifPresent(step -> {
            shown();
            progress.say(step.step() + " is still running, for " + Numbers.counted(Duration.ofNanos(now - step.since()).toSeconds(), "second") + " now.");
        });
    }

    @Override public synchronized void close() {
        watcher.ifPresent(Thread::interrupt);
    }
}

package lab;

import java.time.Duration;

/** Makes a line of every so many updates. */
final class SparingProgress implements Progress {
    private final Progress lines;
    private final long pauseNanos;
    private long last = System.nanoTime();

    SparingProgress(Progress lines, Duration pause) {
        this.lines = lines;
        this.pauseNanos = pause.toNanos();
    }

    @Override public synchronized void say(String line) {
        last = System.nanoTime();
        lines.say(line);
    }

    @Override public synchronized void update(String line) {
        if (System.nanoTime() - last >= pauseNanos) {
            say(line);
        }
    }
}

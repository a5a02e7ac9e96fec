package grading.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Ends a process when it and all that it has started hold more memory together than they may. It looks now and then, because only a control group
 * would bound them at once, and an ordinary user has none as a rule.
 */
final class MemoryWatch {
    private static final long EVERY_MS = 250;
    private static final String OWN = "RssAnon:";

    private MemoryWatch() { }

    /** Until the process has ended. */
    static void begin(Process process, long bytes) {
        Thread.ofPlatform().daemon().name("memory-watch").start(() -> {
            try {
                while (!process.waitFor(EVERY_MS, TimeUnit.MILLISECONDS)) {
                    if (process.descendants().mapToLong(MemoryWatch::own).sum() > bytes) {
                        process.destroyForcibly();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** What it holds for itself, without files and what it shares with others. */
    private static long own(ProcessHandle process) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith(OWN)).mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", ""))).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0; // it has ended
        }
    }
}

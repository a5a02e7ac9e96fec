package grading.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import lab.os.IoErrors;
import lesson.Exercise;
import lesson.Hashes;

/**
 * Notices changes of an answer by its content. Events of the file system only wake it up: it looks by itself as well,
 * because WSL, network drives and containers often send none.
 */
final class AnswerFolder implements AutoCloseable {
    private static final int LOOK_MS = 250;
    private static final int SETTLE_MS = 15;
    private static final int SETTLE_LOOKS = 14;
    private final Path folder;
    private final WatchService events;

    AnswerFolder(Path folder) {
        this.folder = folder;
        try {
            events = folder.getFileSystem().newWatchService();
            folder.register(events, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot watch " + folder, e);
        }
    }

    /** The hash of the content; where it cannot be read, which file and why, so that this too is a change. */
    static String state(Path folder) {
        try {
            return Hashes.ofAnswer(folder);
        } catch (UncheckedIOException e) {
            return describe(e);
        }
    }

    /** "cannot read …/SumUp.java: permission denied". */
    static String describe(UncheckedIOException e) {
        return e.getMessage() + ": " + IoErrors.describe(e.getCause());
    }

    /** Waits until the state is another than {@code known}. Returns the new one. */
    String awaitOther(String known) throws InterruptedException {
        while (true) {
            var now = state(folder);
            if (!now.equals(known)) {
                return settled();
            }
            var key = events.poll(LOOK_MS, TimeUnit.MILLISECONDS);
            if (key != null) {
                key.pollEvents();
                key.reset();
            }
        }
    }

    /** Editors write in pieces, or remove a file and put another in its place: wait until two looks in a row see the same. */
    private String settled() throws InterruptedException {
        var before = state(folder);
        for (int i = 0; i < SETTLE_LOOKS; i++) {
            Thread.sleep(SETTLE_MS);
            var now = state(folder);
            if (now.equals(before) && !isHalf()) {
                return now;
            }
            before = now;
        }
        return before;
    }

    private boolean isHalf() {
        try {
            var files = Exercise.answerFiles(folder);
            return files.isEmpty() || files.stream().anyMatch(AnswerFolder::isEmpty);
        } catch (UncheckedIOException e) {
            return false; // a folder that cannot be read is no half-written answer
        }
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException e) {
            return true; // gone between two looks
        }
    }

    @Override public void close() {
        try {
            events.close();
        } catch (IOException | ClosedWatchServiceException e) {
            throw new UncheckedIOException("cannot stop watching " + folder, new IOException(e));
        }
    }
}

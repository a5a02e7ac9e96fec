package lab.os;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import lab.LabException;

/**
 * Held by one thread of one process at a time. The operating system gives it back when the process ends, however it ends,
 * so it also tells whether its holder still runs.
 */
public final class FolderLock implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Duration NOTICED = Duration.ofSeconds(2);
    // A FileLock belongs to the whole JVM; between our own threads an ordinary lock must keep the order.
    private static final Map<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();
    private final ReentrantLock threads;
    private final FileChannel channel;

    private FolderLock(ReentrantLock threads, FileChannel channel) {
        this.threads = threads;
        this.channel = channel;
    }

    /** Waits until nobody else holds the lock of this folder; throws {@link LabException} when that takes minutes. */
    public static FolderLock on(Path folder) throws IOException {
        return on(folder, () -> { });
    }

    /** @param waits is called once where that takes longer than a person takes for no time */
    public static FolderLock on(Path folder, Runnable waits) throws IOException {
        var begin = System.nanoTime();
        var said = false;
        var lock = ifFree(folder);
        while (lock.isEmpty()) {
            if (!said && System.nanoTime() - begin > NOTICED.toNanos()) {
                said = true;
                waits.run();
            }
            if (System.nanoTime() - begin > TIMEOUT.toNanos()) {
                throw new LabException("another run of the course has been using " + folder + " for "
                    + TIMEOUT.toMinutes() + " minutes; end it, or set COURSE_CACHE to another folder");
            }
            Waiting.briefly();
            lock = ifFree(folder);
        }
        return lock.get();
    }

    /** The lock, unless a process that still runs holds it. */
    public static Optional<FolderLock> ifFree(Path folder) throws IOException {
        var threads = IN_THIS_PROCESS.computeIfAbsent(folder.toAbsolutePath(), f -> new ReentrantLock());
        if (threads.isLocked() || !threads.tryLock()) {
            return Optional.empty();
        }
        FileLock lock = null;
        FileChannel channel = null;
        try {
            channel = open(folder);
            lock = channel.tryLock();
            return lock == null ? Optional.empty() : Optional.of(new FolderLock(threads, channel));
        } finally {
            if (lock == null) {
                if (channel != null) {
                    channel.close(); // before another thread has a lock: POSIX takes it away when any channel of the file is closed
                }
                threads.unlock();
            }
        }
    }

    private static FileChannel open(Path folder) throws IOException {
        return FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** May be called from another thread than the one that took the lock, at shutdown for example. */
    @Override public void close() throws IOException {
        channel.close();
        if (threads.isHeldByCurrentThread()) {
            threads.unlock();
        }
    }
}

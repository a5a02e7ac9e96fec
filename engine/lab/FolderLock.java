package lab;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Held by one thread of one process at a time. The operating system gives it back when the process dies, however it
 * dies, so it also tells the living from the dead.
 */
final class FolderLock implements AutoCloseable {
    // A FileLock belongs to the whole JVM; between our own threads an ordinary lock must keep the order.
    private static final Map<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();
    private final ReentrantLock threads;
    private final FileChannel channel;

    private FolderLock(ReentrantLock threads, FileChannel channel) {
        this.threads = threads;
        this.channel = channel;
    }

    /** Waits until nobody else holds the lock of this folder. */
    static FolderLock on(Path folder) throws IOException {
        var threads = IN_THIS_PROCESS.computeIfAbsent(folder.toAbsolutePath(), f -> new ReentrantLock());
        threads.lock();
        try {
            var channel = open(folder);
            channel.lock();
            return new FolderLock(threads, channel);
        } catch (IOException | RuntimeException e) {
            threads.unlock();
            throw e;
        }
    }

    /** The lock, unless a living process holds it. */
    static Optional<FolderLock> ifFree(Path folder) throws IOException {
        var threads = IN_THIS_PROCESS.computeIfAbsent(folder.toAbsolutePath(), f -> new ReentrantLock());
        if (threads.isLocked() || !threads.tryLock()) {
            return Optional.empty();
        }
        var channel = open(folder);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            threads.unlock();
            return Optional.empty();
        }
        return Optional.of(new FolderLock(threads, channel));
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

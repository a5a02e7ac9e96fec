package lab.os;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A temporary folder that does not outlive its process for long: it is removed when it is closed, when the JVM ends
 * normally, and after {@code kill -9} by the next command that makes one.
 */
public final class TempFolder implements AutoCloseable {
    private static final String PREFIX = "course-run-";
    private static final Duration TIME_TO_LOCK = Duration.ofMinutes(1);
    private static final Set<TempFolder> OPEN = ConcurrentHashMap.newKeySet();
    private static boolean prepared;
    private final Path folder;
    private final FolderLock lock;

    private TempFolder(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** @param purpose the folder's name, for those who see it in a message */
    public static TempFolder of(String purpose) throws IOException {
        prepare();
        return in(Files.createTempDirectory(PREFIX), purpose);
    }

    /** One that PostgreSQL can use as well, and nobody else: in memory where it can be, because whole clusters are copied there. */
    public static TempFolder ofServers(String purpose) throws IOException {
        prepare();
        var place = MemoryFolder.folder().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
        var tempFolder = in(Folders.temporary(place, PREFIX), purpose);
        if (!Platform.isWindows()) {
            Files.setPosixFilePermissions(tempFolder.folder(), PosixFilePermissions.fromString("rwx------"));
        }
        Privileges.handOver(tempFolder.folder());
        return tempFolder;
    }

    /** One that PostgreSQL can use as well, in memory where this machine has a folder there. */
    public static Optional<TempFolder> inMemory(String purpose) throws IOException {
        prepare();
        var memory = MemoryFolder.folder();
        if (memory.isEmpty()) {
            return Optional.empty();
        }
        var tempFolder = in(Folders.temporary(memory.get(), PREFIX), purpose);
        Privileges.handOver(tempFolder.folder());
        return Optional.of(tempFolder);
    }

    private static TempFolder in(Path parent, String purpose) throws IOException {
        var tempFolder = new TempFolder(Files.createDirectory(parent.resolve(purpose)), FolderLock.on(parent));
        OPEN.add(tempFolder);
        return tempFolder;
    }

    /** Where to write; the lock that tells whether its process still runs is beside it. */
    public Path folder() {
        return folder;
    }

    private static synchronized void prepare() throws IOException {
        if (!prepared) {
            prepared = true;
            sweep();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(TempFolder::closeQuietly), "temp-folder-shutdown"));
        }
    }

    /** Removes the folders of this user's processes that were killed. */
    public static void sweep() throws IOException {
        sweep(Path.of(System.getProperty("java.io.tmpdir")));
        var memory = MemoryFolder.anyFolder();
        if (memory.isPresent()) {
            sweep(memory.get());
        }
    }

    private static void sweep(Path temporary) throws IOException {
        for (var left : Folders.startingWith(temporary, PREFIX)) {
            try {
                if (Files.isDirectory(left, LinkOption.NOFOLLOW_LINKS) && isOurs(left) && isOldEnoughToBeLocked(left)) {
                    var lock = FolderLock.ifFree(left);
                    if (lock.isPresent()) {
                        lock.get().close();
                        Folders.delete(left);
                    }
                }
            } catch (NoSuchFileException | DirectoryNotEmptyException e) {
                // another process is removing it at this moment
            }
        }
    }

    private static boolean isOurs(Path folder) throws IOException {
        return Platform.isWindows() || Privileges.owns(folder);
    }

    private static boolean isOldEnoughToBeLocked(Path folder) throws IOException {
        return Files.getLastModifiedTime(folder).toMillis() < System.currentTimeMillis() - TIME_TO_LOCK.toMillis();
    }

    @Override public void close() throws IOException {
        OPEN.remove(this);
        lock.close();
        Folders.delete(folder.getParent());
    }

    /** The same where a file that cannot be removed is no reason to fail: the next command removes it. */
    public void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            // a process that ends with this one still writes there; the next command sweeps it
        }
    }
}

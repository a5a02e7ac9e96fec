package lab.os;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import lab.LabException;

/** Says why a file could not be read or written, and what to do about it. */
public final class IoErrors {
    /** Below this PostgreSQL cannot make its next file of the log, which has 16 MB. */
    private static final long NOTHING_MB = 20;
    private static final int NEEDED_MB = 300;
    private static final String DISK_FULL = "53100";

    private IoErrors() { }

    /**
     * An exception for a file that could not be used, {@link DiskFull} where that is the reason.
     *
     * @param what was attempted, "could not unpack …"
     */
    public static LabException with(String what, Path place, IOException e) {
        return isFull(e, place) ? new DiskFull(what + ": " + fullSentence(place, String.valueOf(e.getMessage())), e) : new LabException(what + ": " + describe(e), e);
    }

    /** The same for a program that failed: a full disk, when its output says so; otherwise what {@code other} says. */
    public static LabException with(String what, Path place, String output, String other) {
        return saysFull(output) ? new DiskFull(what + ": " + fullSentence(place, output), null) : new LabException(other);
    }

    /** No space is left: to try again would not help. */
    public static final class DiskFull extends LabException {
        DiskFull(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The reason alone. Java's own message is often no more than the file's name. */
    public static String describe(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case AccessDeniedException denied -> "permission denied: " + denied.getFile();
            case FileSystemException other when other.getReason() == null -> other.getClass().getSimpleName() + " " + other.getMessage();
            default -> saysFull(e.getMessage()) ? "no space is left on the disk (" + e.getMessage() + ")" : String.valueOf(e.getMessage());
        };
    }

    /** A sentence with what to do, when the disk of the cache is full and the failure therefore no surprise; else nothing. */
    public static Optional<String> diskFull(Throwable failure) {
        var place = Caches.root();
        for (var at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState())) {
                return Optional.of(fullSentence(place, String.valueOf(sql.getMessage())));
            }
        }
        return freeMb(place) < NOTHING_MB ? Optional.of(fullSentence(place, "")) : Optional.empty();
    }

    static boolean isFull(IOException e, Path place) {
        return saysFull(e.getMessage()) || freeMb(place) < NOTHING_MB;
    }

    private static boolean saysFull(String message) {
        return message != null && (message.contains("No space left") || message.contains("uota exceeded") || message.contains("not enough space"));
    }

    /** @param said by whoever found no space: "no space" means memory, a quota or another disk as well */
    private static String fullSentence(Path place, String said) {
        var free = freeMb(place);
        if (said.lines().anyMatch(line -> saysFull(line) && (line.contains("shared memory segment \"/PostgreSQL") || line.contains("/dev/shm")))) {
            return "the shared memory of this machine, /dev/shm, is full or too small (" + freeMb(Path.of("/dev/shm")) + " MB free); a container has 64 MB of it"
                + " unless it is started with `docker run --shm-size=1g`; give it more and run the command again";
        }
        if (free >= NOTHING_MB && said.contains("uota exceeded")) {
            return "your quota on the disk of " + place + " is used up (the disk itself has " + free
                + " MB free; `quota` says what is yours); free some space, or set COURSE_CACHE to a folder on another disk, and run the command again";
        }
        if (free >= NEEDED_MB) {
            return "no space is left, although the disk of " + place + " has " + free + " MB free: its inodes may be used up (`df -i " + Caches.root()
                + "`), or it is the disk of a container or of the server that is full (`docker system df`); free some there and run the command again";
        }
        return "the disk of " + place + " is full (" + free + " MB free, " + NEEDED_MB
            + " MB needed); free some space, or set COURSE_CACHE to a folder on another disk, and run the command again";
    }

    private static long freeMb(Path place) {
        try {
            var existing = place;
            while (!Files.exists(existing)) {
                existing = existing.getParent();
            }
            return Files.getFileStore(existing).getUsableSpace() >> 20;
        } catch (IOException e) {
            return Long.MAX_VALUE; // unknown is not full
        }
    }
}

package lab.os;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** How many files a folder has and how long they are: enough, with their times, to notice one that was lost, cut off or overwritten. */
public record FolderSize(long files, long bytes) {
    /** PostgreSQL removes this one when it starts, and writes it when somebody connects. */
    private static final String COMES_AND_GOES = "pg_internal.init";
    /** PostgreSQL writes this one when it starts, and finds out itself whether it is whole. */
    private static final String WRITTEN_BY_EVERY_START = "pg_control";

    /** Of all files below the folders. */
    public static FolderSize of(List<Path> folders) throws IOException {
        return Count.of(folders).size();
    }

    /** Keeps it for {@link #agrees}. */
    public void write(Path file) throws IOException {
        Files.writeString(file, toString());
    }

    /**
     * Whether the folders, and single files, hold what {@code file} says, and nothing was written there after it. Not where it is
     * missing or cannot be understood.
     */
    public static boolean agrees(Path file, List<Path> folders) {
        try {
            var count = Count.of(folders);
            return Files.readString(file).equals(count.size().toString()) && count.newest <= Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return false;
        }
    }

    private static final class Count extends SimpleFileVisitor<Path> {
        private long files;
        private long bytes;
        private long newest;

        static Count of(List<Path> folders) throws IOException {
            var count = new Count();
            for (var folder : folders) {
                Files.walkFileTree(folder, count);
            }
            return count;
        }

        FolderSize size() {
            return new FolderSize(files, bytes);
        }

        @Override public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
            if (!file.endsWith(COMES_AND_GOES)) {
                files++;
                bytes += a.size();
                newest = file.endsWith(WRITTEN_BY_EVERY_START) ? newest : Math.max(newest, a.lastModifiedTime().toMillis());
            }
            return FileVisitResult.CONTINUE;
        }

        @Override public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.endsWith(COMES_AND_GOES)) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }
}

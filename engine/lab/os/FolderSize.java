package lab.os;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** How many files a folder has and how long they are: enough to notice one that was lost or cut off. */
public record FolderSize(long files, long bytes) {
    /** PostgreSQL removes this one when it starts, and writes it when somebody connects. */
    private static final String COMES_AND_GOES = "pg_internal.init";

    /** Of all files below the folders. */
    public static FolderSize of(List<Path> folders) throws IOException {
        var sum = new long[2];
        for (var folder : folders) {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                    if (!file.endsWith(COMES_AND_GOES)) {
                        sum[0]++;
                        sum[1] += a.size();
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (file.endsWith(COMES_AND_GOES)) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        }
        return new FolderSize(sum[0], sum[1]);
    }

    /** Keeps it for {@link #agrees}. */
    public void write(Path file) throws IOException {
        Files.writeString(file, toString());
    }

    /** Whether the folders hold what {@code file} says. Not where that is missing or cannot be understood. */
    public static boolean agrees(Path file, List<Path> folders) {
        try {
            return Files.readString(file).equals(of(folders).toString());
        } catch (IOException e) {
            return false;
        }
    }
}

package lab;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders: copied, removed, listed. */
public final class Folders {
    private Folders() { }

    /** A new folder that everybody may enter; PostgreSQL, which runs as another account under root, must reach what is in it. */
    static Path temporary(Path parent, String prefix) throws IOException {
        var folder = parent.resolve(prefix + Long.toHexString(new java.security.SecureRandom().nextLong()));
        return Files.createDirectories(folder);
    }

    /** Copies a folder with its permissions and, as root, its owners. */
    public static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) throws IOException {
                Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Makes a copy the same as its original again: what is new goes, what has another size or time of change is copied.
     * Whoever changed it must have left those times alone, and come later than the original.
     */
    static void restore(Path copy, Path original) throws IOException {
        Files.walkFileTree(copy, new SimpleFileVisitor<>() {
            @Override public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) throws IOException {
                if (Files.isDirectory(original.resolve(copy.relativize(folder)), LinkOption.NOFOLLOW_LINKS)) {
                    return FileVisitResult.CONTINUE;
                }
                delete(folder);
                return FileVisitResult.SKIP_SUBTREE;
            }

            @Override public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
                if (!isSame(a, original.resolve(copy.relativize(file)))) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        copyMissing(original, copy);
    }

    private static boolean isSame(BasicFileAttributes copy, Path original) throws IOException {
        try {
            var a = Files.readAttributes(original, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return copy.isRegularFile() && a.isRegularFile() && a.size() == copy.size() && a.lastModifiedTime().equals(copy.lastModifiedTime());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void copyMissing(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) throws IOException {
                if (Files.exists(to.resolve(from.relativize(folder)), LinkOption.NOFOLLOW_LINKS)) {
                    return FileVisitResult.CONTINUE;
                }
                copy(folder, to.resolve(from.relativize(folder)));
                return FileVisitResult.SKIP_SUBTREE;
            }

            @Override public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
                var copy = to.resolve(from.relativize(file));
                if (!Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Removes a folder and all in it. What vanishes meanwhile does not disturb. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
                Files.deleteIfExists(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The entries of a folder whose names start with {@code prefix}, in order of name. */
    static List<Path> startingWith(Path folder, String prefix) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(prefix)).sorted().toList();
        }
    }
}

package lab.os;

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
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whole folders: copied, removed, listed. */
public final class Folders {
    private Folders() { }

    /** A new folder that everybody may enter; PostgreSQL, which runs as another account under root, must reach what is in it. */
    public static Path temporary(Path parent, String prefix) throws IOException {
        var folder = parent.resolve(prefix + Long.toHexString(new java.security.SecureRandom().nextLong()));
        return Files.createDirectories(folder);
    }

    /** Copies a folder with its permissions and, as root, its owners. */
    public static void copy(Path from, Path to) throws IOException {
        copy(from, to, target -> true);
    }

    private static void copy(Path from, Path to, Predicate<Path> isWanted) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) throws IOException {
                return visitFile(folder, a);
            }

            @Override public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
                var target = to.resolve(from.relativize(file));
                if (isWanted.test(target)) {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Makes a copy the same as its original again: what is new goes, what has another size or time of change is copied.
     * What changed it must not have set those times, and must have come later than the original.
     */
    public static void restore(Path copy, Path original) throws IOException {
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
        copy(original, copy, target -> Files.notExists(target, LinkOption.NOFOLLOW_LINKS));
    }

    private static boolean isSame(BasicFileAttributes copy, Path original) throws IOException {
        try {
            var a = Files.readAttributes(original, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return copy.isRegularFile() && a.isRegularFile() && a.size() == copy.size() && a.lastModifiedTime().equals(copy.lastModifiedTime());
        } catch (NoSuchFileException e) {
            return false;
        }
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
    public static List<Path> startingWith(Path folder, String prefix) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(prefix)).sorted().toList();
        }
    }
}

package grading.sandbox;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A folder with copies of what is lent to a sandbox; each folder that anything comes from has a number there. */
final class Loans {
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("r--r--r--");
    private final Path outside;
    private final Path inside;
    private final Map<Path, Path> numbers = new HashMap<>();
    private final Set<Path> unchanging = new HashSet<>();

    /** @param outside is made, and can be read by everybody who gets there */
    Loans(Path outside, Path inside) throws IOException {
        this.outside = Files.createDirectory(outside);
        this.inside = inside;
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A copy of the file, beside those of its neighbours. */
    synchronized Path file(Path file) throws IOException {
        var target = place(file.toAbsolutePath().getParent()).resolve(file.getFileName());
        copy(file, target);
        return there(target);
    }

    /** Copies of the files right in this folder; what is none, or leads elsewhere, is left out. */
    synchronized Path folder(Path folder, Predicate<Path> isWanted) throws IOException {
        var target = place(folder.toAbsolutePath());
        try (var files = Files.list(folder)) {
            for (var file : files.filter(isWanted).toList()) {
                copy(file, target.resolve(file.getFileName()));
            }
        }
        return there(target);
    }

    /** The same file or folder, by other names where the file system has them, for what is large and never changes. */
    synchronized Path unchanging(Path path) throws IOException {
        var isFolder = Files.isDirectory(path);
        var place = place(isFolder ? path.toAbsolutePath() : path.toAbsolutePath().getParent());
        var target = isFolder ? place : place.resolve(path.getFileName());
        if (unchanging.add(target)) {
            Files.walkFileTree(path, new Linking(path, target));
        }
        return there(target);
    }

    private Path place(Path folder) throws IOException {
        if (!numbers.containsKey(folder)) {
            numbers.put(folder, readable(Files.createDirectory(outside.resolve(Integer.toString(numbers.size() + 1)))));
        }
        return numbers.get(folder);
    }

    private Path there(Path target) {
        return inside.resolve(outside.relativize(target));
    }

    private static void copy(Path file, Path target) throws IOException {
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        readable(target);
    }

    /** For the account of the sandbox, which may be another one. */
    private static Path readable(Path path) throws IOException {
        var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(path));
        permissions.addAll(READABLE);
        if (permissions.contains(PosixFilePermission.OWNER_EXECUTE)) {
            permissions.addAll(PosixFilePermissions.fromString("--x--x--x"));
        }
        Files.setPosixFilePermissions(path, permissions);
        return path;
    }

    private static final class Linking extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;

        Linking(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) throws IOException {
            readable(Files.createDirectories(target(folder)));
            return FileVisitResult.CONTINUE;
        }

        @Override public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            if (a.isSymbolicLink()) {
                Files.copy(file, target(file), java.nio.file.LinkOption.NOFOLLOW_LINKS); // leads to the same inside, or nowhere
            } else {
                link(file, target(file));
            }
            return FileVisitResult.CONTINUE;
        }

        private Path target(Path path) {
            return to.resolve(from.relativize(path).toString());
        }

        private static void link(Path file, Path target) throws IOException {
            try {
                Files.createLink(target, file);
            } catch (IOException | UnsupportedOperationException e) {
                copy(file, target); // another file system
            }
        }
    }
}

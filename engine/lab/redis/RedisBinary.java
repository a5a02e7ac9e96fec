package lab.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import lab.LabException;
import lab.Progress;
import lab.os.Artifacts;
import lab.os.Caches;
import lab.os.FolderLock;
import lab.os.IoErrors;
import lab.os.Platform;

/** The program redis-server: from Maven Central, or the machine's own where that one does not run. */
final class RedisBinary {
    private static final String COORDINATE = "com.github.codemonstur:embedded-redis:1.4.3";

    private RedisBinary() { }

    static Path find(Progress progress) throws LabException {
        return unpacked(progress).filter(RedisBinary::runs).or(RedisBinary::installed).orElseThrow(() -> new LabException(
            "the Redis of " + COORDINATE + " does not run on this machine, and there is no redis-server on the PATH:"
                + " install one (apt-get install redis-server, brew install redis), or use --db docker"));
    }

    private static Optional<Path> unpacked(Progress progress) {
        var jar = Artifacts.jar(COORDINATE, progress);
        try {
            return unpacked(jar);
        } catch (ZipException e) {
            return unpackedAgain(Artifacts.again(COORDINATE, jar, e.getMessage(), progress));
        } catch (IOException e) {
            throw IoErrors.with("could not unpack " + jar, jar, e);
        }
    }

    private static Optional<Path> unpackedAgain(Path jar) {
        try {
            return unpacked(jar);
        } catch (IOException e) {
            throw IoErrors.with("could not unpack " + jar, jar, e);
        }
    }

    private static Optional<Path> unpacked(Path jar) throws IOException {
        var folder = Caches.folder("redis");
        try (var archive = new ZipFile(jar.toFile()); var lock = FolderLock.on(folder)) {
            var entry = archive.stream().filter(RedisBinary::isForThisMachine).findFirst();
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            var program = folder.resolve(entry.get().getName());
            if (!Files.exists(program) || sum(program) != entry.get().getCrc()) {
                unpack(archive, entry.get(), program);
            }
            return Optional.of(program);
        }
    }

    private static long sum(Path program) throws IOException {
        var sum = new CRC32();
        sum.update(Files.readAllBytes(program));
        return sum.getValue();
    }

    /** Under another name first: what is half unpacked must not look complete. */
    private static void unpack(ZipFile archive, ZipEntry entry, Path program) throws IOException {
        var half = program.resolveSibling(program.getFileName() + ".half");
        try (var bytes = archive.getInputStream(entry)) {
            Files.copy(bytes, half, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Platform.isWindows()) {
            Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.move(half, program, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isForThisMachine(ZipEntry entry) {
        var here = Platform.here();
        var processor = here.processor().startsWith("arm64") ? "arm64" : "amd64";
        return entry.getName().startsWith("redis-server-") && entry.getName().contains("-" + here.os() + "-" + processor);
    }

    /** It needs libraries that not every machine has. */
    private static boolean runs(Path program) {
        try {
            var process = new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            var ended = process.waitFor(5, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Optional<Path> installed() {
        var name = Platform.isWindows() ? "redis-server.exe" : "redis-server";
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)).filter(folder -> !folder.isBlank())
            .map(folder -> Path.of(folder, name)).filter(Files::isExecutable).filter(RedisBinary::runs).findFirst();
    }
}

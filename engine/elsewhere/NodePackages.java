package elsewhere;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import lab.LabException;
import lab.os.Caches;
import lab.os.Processes;
import lesson.Hashes;

/** Packages of npm, as a {@code package-lock.json} names them; npm compares what it gets with the sums in there. */
public final class NodePackages {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final String LOCK = "package-lock.json";

    private NodePackages() { }

    /**
     * Their folder in the cache, for {@code NODE_PATH}; installed when it is first asked for.
     *
     * @param source the folder of {@code package.json} and its lock
     * @throws LabException with what npm says, where it cannot install them
     */
    public static synchronized Path folder(Path source) throws IOException, InterruptedException {
        var folder = Caches.folder("node", Hashes.of(Files.readAllBytes(source.resolve(LOCK))).substring(0, 16));
        var complete = folder.resolve("complete");
        if (!Files.exists(complete)) {
            for (var file : new String[] {"package.json", LOCK}) {
                Files.copy(source.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            install(source, folder);
            Files.writeString(complete, "");
        }
        return folder.resolve("node_modules");
    }

    private static void install(Path source, Path folder) throws IOException, InterruptedException {
        var log = folder.resolve("npm.log");
        var process = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error").directory(folder.toFile())
            .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        process.getOutputStream().close();
        if (!Processes.endsWithin(TIMEOUT, process) || process.exitValue() != 0) {
            throw new LabException("npm could not install the packages of " + source.resolve(LOCK) + ":\n" + Files.readString(log).strip());
        }
    }
}

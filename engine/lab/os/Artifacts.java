package lab.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lab.LabException;
import lab.Progress;

/**
 * Brings artifacts from Maven Central when they are first needed, so that nobody downloads what they do not use.
 * jbang fetches them: it knows the user's mirrors, proxies and local repository.
 */
public final class Artifacts {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private Artifacts() { }

    /** The jar of {@code group:artifact:version} as a local file, fetched if it is not in the local repository. */
    public static Path jar(String coordinate, Progress progress) {
        return local(coordinate).orElseGet(() -> {
            progress.say("Fetching " + coordinate + " from Maven Central …");
            return classPath(coordinate).getFirst();
        });
    }

    /** The same, fetched anew because the file that is there cannot be read. */
    public static Path again(String coordinate, Path damaged, String reason, Progress progress) {
        progress.say(damaged + " is damaged (" + reason + "); fetching it again");
        try {
            Files.deleteIfExists(damaged);
        } catch (IOException e) {
            throw new LabException("could not remove the damaged file " + damaged + "; please delete it by hand", e);
        }
        return jar(coordinate, Progress.SILENT);
    }

    /** The jar and everything it depends on, the jar itself first. Asks jbang each time. */
    public static List<Path> classPath(String coordinate) {
        try {
            var command = List.of(jbang(), "--quiet", "info", "classpath", coordinate);
            var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.PIPE).start();
            process.getOutputStream().close();
            var classPath = Processes.text(process.inputReader(StandardCharsets.UTF_8));
            var errors = Processes.text(process.errorReader());
            if (!Processes.endsWithin(TIMEOUT, process) || process.exitValue() != 0) {
                throw new LabException("could not fetch " + coordinate + " from Maven Central. Is this machine offline?"
                    + " After one successful run it works offline.\n" + errors.join());
            }
            return List.of(classPath.join().strip().split(java.io.File.pathSeparator)).stream().map(Path::of)
                .filter(path -> path.toString().endsWith(".jar")).toList();
        } catch (IOException e) {
            throw new LabException("could not start jbang (" + jbang() + ") to fetch " + coordinate + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while fetching " + coordinate, e);
        }
    }

    private static String jbang() {
        return Optional.ofNullable(System.getenv("JBANG_LAUNCH_CMD")).orElse("jbang");
    }

    private static Optional<Path> local(String coordinate) {
        var parts = coordinate.split(":");
        var repository = Optional.ofNullable(System.getenv("JBANG_REPO")).map(Path::of)
            .orElseGet(() -> Caches.home().resolve(".m2/repository"));
        var jar = repository.resolve(parts[0].replace('.', '/')).resolve(parts[1]).resolve(parts[2])
            .resolve(parts[1] + "-" + parts[2] + ".jar");
        return Optional.of(jar).filter(Files::isRegularFile);
    }
}

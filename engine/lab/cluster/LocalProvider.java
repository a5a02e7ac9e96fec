package lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lab.Installation;
import lab.LabException;
import lab.Progress;
import lab.Provider;
import lab.SeedData;
import lab.Server;
import lab.os.Caches;
import lab.os.Privileges;

/** The programs of a PostgreSQL that is installed here, on a data folder of the course; its own server is never touched. */
public final class LocalProvider implements Provider {
    private static final Pattern VERSION = Pattern.compile("(\\d+)(\\.\\d+)+");

    @Override public String name() {
        return "local";
    }

    @Override public Optional<String> reasonUnavailable() {
        try {
            Privileges.named();
        } catch (LabException e) {
            return Optional.of(e.getMessage());
        }
        return newest().isPresent() ? Optional.empty() : Optional.of("no PostgreSQL 15 or newer found: not by pg_config,"
            + " not in " + String.join(", ", usualFolders()) + "; install one, or use --db embedded");
    }

    @Override public Server start(SeedData seedData, Progress progress) {
        Caches.mustBeReachable();
        var found = newest().orElseThrow(() -> new LabException(reasonUnavailable().orElseThrow()));
        var folder = Caches.folder("clusters", found.version() + "-local-"
            + Integer.toHexString(found.folder().hashCode()) + "-" + ClusterTemplate.RECIPE);
        var store = new ClusterStore(folder, found.folder(), found.major());
        return ClusterServer.start(store, seedData, found, () -> true, progress);
    }

    private static Optional<Installation> newest() {
        var folders = new ArrayList<Path>();
        output("pg_config", "--bindir").map(bin -> Path.of(bin).getParent()).ifPresent(folders::add);
        for (var usual : usualFolders()) {
            folders.addAll(children(Path.of(usual)));
        }
        return folders.stream().filter(f -> Files.isExecutable(f.resolve("bin/initdb"))).distinct()
            .flatMap(f -> installation(f).stream()).filter(i -> i.major() >= 15)
            .max(Comparator.comparingInt(Installation::major));
    }

    private static Optional<Installation> installation(Path folder) {
        return output(folder.resolve("bin/postgres").toString(), "--version").flatMap(line -> {
            var version = VERSION.matcher(line);
            return version.find() ? Optional.of(new Installation(folder, version.group(), "local " + folder)) : Optional.empty();
        });
    }

    static List<String> usualFolders() {
        return List.of("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt", "/usr/local/opt",
            "/Applications/Postgres.app/Contents/Versions", "C:\\Program Files\\PostgreSQL", "/usr");
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isExecutable(entry.resolve("bin/initdb"))).toList();
        } catch (IOException e) {
            return List.of(); // not on this machine, or not readable
        }
    }

    private static Optional<String> output(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return Optional.of(new String(process.getInputStream().readAllBytes()).strip()).filter(s -> !s.isEmpty());
        } catch (IOException e) {
            return Optional.empty(); // the program is not there, which is an answer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

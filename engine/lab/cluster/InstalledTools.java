package lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lab.ClientTools;
import lab.Installation;
import lab.LabException;
import lab.os.Platform;

/** The client tools of what is installed on this machine, as far as they are new enough for the server. */
final class InstalledTools implements ClientTools {
    /** Those that only send SQL. What copies a database reads its catalog, and refuses a server newer than itself. */
    private static final Set<String> OF_ANY_VERSION = Set.of("psql", "pg_isready", "pgbench", "createdb", "dropdb", "vacuumdb", "reindexdb", "clusterdb");
    private static final Map<String, Integer> SINCE = Map.of("pg_combinebackup", 17);
    private static final Set<String> OF_THE_SERVER = Set.of("pg_dump", "pg_dumpall", "pg_restore", "pg_basebackup", "pg_receivewal",
        "pg_recvlogical", "pg_verifybackup", "pg_combinebackup", "pg_waldump", "pg_amcheck", "pg_rewind");
    private static final Pattern VERSION = Pattern.compile("(\\d+)(\\.\\d+)+");
    private static final Pattern WORD = Pattern.compile("(?<![\\w/.-])(?:pg_\\w+|\\w+)(?![\\w-])");
    private final Installation server;
    private final Map<String, Optional<Found>> known = new ConcurrentHashMap<>();

    InstalledTools(Installation server) {
        this.server = server;
    }

    private record Found(Path file, String version) {
        int major() {
            return Integer.parseInt(version.split("\\.")[0]);
        }
    }

    @Override public List<String> command(String tool, List<String> arguments) throws LabException {
        var file = find(tool).file().toString();
        return Stream.concat(Stream.of(file), arguments.stream()).toList();
    }

    @Override public List<String> script(String script) throws LabException {
        if (Platform.isWindows()) {
            throw new LabException("no shell for this script on Windows: use --db docker, where it runs in the container");
        }
        var folders = new TreeSet<String>();
        for (var tool : used(script)) {
            folders.add(find(tool).file().getParent().toString());
        }
        var path = folders.isEmpty() ? "" : "export PATH='" + String.join(":", folders) + "':\"$PATH\"; "; // on the first line: bash counts lines
        return onPath("bash").isPresent() ? List.of("bash", "-euo", "pipefail", "-c", path + script, "cell")
            : List.of("sh", "-eu", "-c", path + script, "cell");
    }

    private static Set<String> used(String script) {
        var used = new TreeSet<String>();
        script.lines().filter(line -> !line.strip().startsWith("#")).forEach(line -> WORD.matcher(line).results()
            .map(word -> word.group()).filter(word -> OF_ANY_VERSION.contains(word) || OF_THE_SERVER.contains(word)).forEach(used::add));
        return used;
    }

    private Found find(String tool) {
        var found = known.computeIfAbsent(tool, InstalledTools::newest);
        if (found.isEmpty()) {
            throw new LabException("no " + tool + " here: it does not come with the embedded server. " + advice(tool));
        }
        if (!OF_ANY_VERSION.contains(tool) && found.get().major() < server.major()) {
            throw new LabException("no " + tool + " for PostgreSQL " + server.major() + " here: the newest is " + found.get().version() + " in "
                + found.get().file().getParent() + ", and it refuses a newer server. " + advice(tool));
        }
        return found.get();
    }

    private String advice(String tool) {
        if (server.major() < SINCE.getOrDefault(tool, 0)) {
            return "PostgreSQL has it since " + SINCE.get(tool) + ": install that with its programs, or use --db docker";
        }
        return "Install PostgreSQL's client " + server.major() + " (Debian: postgresql-client-" + server.major() + "), or use --db docker";
    }

    /** The newest release of which this tool is installed. */
    static Optional<Integer> newestMajor(String tool) {
        return newest(tool).map(Found::major);
    }

    private static Optional<Found> newest(String tool) {
        var files = new ArrayList<Path>();
        for (var folder : LocalProvider.usualFolders()) {
            children(Path.of(folder)).map(child -> child.resolve("bin").resolve(tool)).filter(Files::isExecutable).forEach(files::add);
        }
        onPath(tool).ifPresent(files::add);
        return files.stream().flatMap(file -> version(file).map(version -> new Found(file, version)).stream())
            .max(Comparator.comparingInt(Found::major));
    }

    private static Stream<Path> children(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.toList().stream();
        } catch (IOException e) {
            return Stream.empty(); // not on this machine, or not readable
        }
    }

    private static Optional<Path> onPath(String tool) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)).filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, tool)).filter(Files::isExecutable).findFirst();
    }

    private static Optional<String> version(Path tool) {
        try {
            var process = new ProcessBuilder(tool.toString(), "--version").redirectError(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            var version = VERSION.matcher(new String(process.getInputStream().readAllBytes()));
            return version.find() ? Optional.of(version.group()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it does not start here, so it is none
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

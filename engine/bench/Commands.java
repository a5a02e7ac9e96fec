package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lab.os.TempFolder;
import timing.Phases;

/** Runs commands as a person would, in new processes, and times them from outside. */
final class Commands {
    private static final int MINUTES = 5;
    private final Path root;

    Commands(Path root) {
        this.root = root;
    }

    /** When a lesson reached its phases, in seconds after the command was typed, by name; "memory" is in MB. */
    Map<String, Double> lesson(List<String> arguments, Map<String, String> environment) throws IOException, InterruptedException {
        try (var tempFolder = TempFolder.of("bench")) {
            var file = tempFolder.folder().resolve("stopwatch.txt");
            var command = new ArrayList<>(List.of(root.resolve("jbang").toString()));
            command.addAll(arguments);
            var all = new HashMap<>(environment);
            all.put(Phases.VARIABLE, file.toString());
            var start = Phases.micros(Instant.now());
            run(command, all);
            return phases(file, start);
        }
    }

    private static Map<String, Double> phases(Path file, long start) throws IOException {
        var phases = new HashMap<String, Double>();
        for (var line : Files.readAllLines(file)) {
            var words = line.split(" ");
            phases.put(words[1], words.length > 2 ? Double.parseDouble(words[2]) / 1000 : (Long.parseLong(words[0]) - start) / 1e6);
        }
        return phases;
    }

    /** Seconds that a command takes, from start to end. */
    double time(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        var start = System.nanoTime();
        run(command, environment);
        return (System.nanoTime() - start) / 1e9;
    }

    /** The same, so many times. */
    double[] times(List<String> command, int runs) throws IOException, InterruptedException {
        var times = new double[runs];
        for (int i = 0; i < runs; i++) {
            times[i] = time(command, Map.of());
        }
        return times;
    }

    /** What it prints, on both streams. */
    String run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        try (var tempFolder = TempFolder.of("bench")) {
            var printed = tempFolder.folder().resolve("printed.txt");
            var builder = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).redirectOutput(printed.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                    throw new IOException(String.join(" ", command) + " failed: " + Files.readString(printed));
                }
                return Files.readString(printed);
            } finally {
                process.destroyForcibly();
            }
        }
    }
}

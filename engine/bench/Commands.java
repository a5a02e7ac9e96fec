package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands as a person would, in new processes, and times them from outside. */
final class Commands {
    private static final int MINUTES = 5;
    private final Path root;

    Commands(Path root) {
        this.root = root;
    }

    /** Events of a lesson by name, in seconds since the command was typed; "memory" is in MB. */
    Map<String, Double> lesson(List<String> arguments, Map<String, String> environment) throws IOException, InterruptedException {
        var file = Files.createTempFile("course-stopwatch-", ".txt");
        var command = new ArrayList<>(List.of(root.resolve("jbang").toString()));
        command.addAll(arguments);
        var all = new java.util.HashMap<>(environment);
        all.put("COURSE_STOPWATCH", file.toString());
        var now = Instant.now();
        var start = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        run(command, all);
        var events = new java.util.HashMap<String, Double>();
        for (var line : Files.readAllLines(file)) {
            var words = line.split(" ");
            events.put(words[1], words.length > 2 ? Double.parseDouble(words[2]) / 1000 : (Long.parseLong(words[0]) - start) / 1e6);
        }
        Files.delete(file);
        return events;
    }

    /** Seconds that a command takes, from start to end. */
    double time(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        var start = System.nanoTime();
        run(command, environment);
        return (System.nanoTime() - start) / 1e9;
    }

    private void run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        var printed = Files.createTempFile("course-bench-", ".log");
        var builder = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed: " + Files.readString(printed));
        }
        Files.delete(printed);
    }

}

package bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A new JVM that runs {@link Probe}. */
final class Jvm {
    private Jvm() { }

    /** Seconds from the start of the JVM until the probe's database answered, with the JVM options of this one. */
    static double untilAnswered(List<Path> more, Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        var classPath = new ArrayList<>(more.stream().map(Path::toString).toList());
        classPath.add(0, System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", String.join(java.io.File.pathSeparator, classPath), Probe.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        var start = System.nanoTime();
        var process = builder.start();
        String line;
        do {
            line = process.inputReader().readLine();
        } while (line != null && !line.startsWith("answered"));
        var seconds = (System.nanoTime() - start) / 1e9;
        if (line == null || !process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the probe " + List.of(arguments) + " gave no answer");
        }
        return seconds;
    }
}

package lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lab.os.Processes;

/** A second JVM with the course's class path, for what can only be seen from outside: killed runs, other environments. */
public final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private Child(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    public static Child start(Class<?> main, Map<String, String> environment, String... args) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return new Child(builder.start());
    }

    /** The next line the child prints; the tests' own timeout bounds the wait. */
    public String line() throws IOException {
        return String.valueOf(out.readLine());
    }

    /** The child and nothing else: no hook runs, as with {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
    }

    /** The child and all that it started, as the JVM of the answers is ended. */
    public void end() {
        Processes.end(process);
    }

    public int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the child still runs");
        }
        return process.exitValue();
    }

    public void interrupt() {
        process.destroy();
    }

    @Override public void close() {
        process.destroyForcibly();
    }
}

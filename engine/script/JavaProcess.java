package script;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import lab.os.Processes;
import lab.os.Waiting;

/**
 * A {@link JavaProgram} that runs as a process of its own, to be asked, stopped and killed. It ends with the JVM that started it.
 */
public final class JavaProcess implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final String LISTENING = "listening on 127.0.0.1:";
    /** Small, and soon there: a lesson starts several. */
    private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-Xss512k");
    private final Process process;
    private final Thread reader;
    private final List<String> said = new CopyOnWriteArrayList<>();

    private JavaProcess(Process process) {
        this.process = process;
        reader = Processes.readPipe(() -> read(process.inputReader(StandardCharsets.UTF_8)));
    }

    /**
     * Starts a program and returns at once.
     *
     * @param home        the folder in which it runs
     * @param main        the file of its main class
     * @param classes     an empty folder
     * @param environment what it is told, besides what this process was told
     */
    static JavaProcess start(Path home, Path main, Path classes, Map<String, String> environment) {
        var command = JavaProgram.compile(main, classes).command(OPTIONS);
        command.directory(home.toFile()).redirectErrorStream(true).environment().putAll(environment);
        try {
            return new JavaProcess(command.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + main, e);
        }
    }

    private void read(BufferedReader output) {
        try (output) {
            output.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException e) {
            said.add("(its output broke off: " + e.getMessage() + ")"); // as after kill -9
        }
    }

    /** The port of its line {@code listening on 127.0.0.1:NNNN}; waits for it, three minutes at most. */
    public int port() {
        for (var end = System.nanoTime() + TIMEOUT.toNanos(); System.nanoTime() < end; Waiting.briefly()) {
            var line = said(LISTENING).stream().findFirst();
            if (line.isPresent()) {
                return Integer.parseInt(line.get().substring(LISTENING.length()).strip());
            }
            if (!process.isAlive()) {
                throw new IllegalStateException("the program ended with " + process.exitValue() + " before it listened. It said:\n" + all());
            }
        }
        throw new IllegalStateException("the program does not listen after " + TIMEOUT.toSeconds() + " s. It said:\n" + all());
    }

    /** The lines it has printed so far that begin with this. */
    public List<String> said(String beginning) {
        return said.stream().filter(line -> line.startsWith(beginning)).toList();
    }

    private String all() {
        return String.join("\n", said);
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Asks it to end, SIGTERM, and waits; gives its exit code. One that needs more than three minutes is killed. */
    public int stop() throws InterruptedException {
        process.toHandle().destroy();                  // that of the process itself closes its input, and it would end of that
        Processes.endsWithin(TIMEOUT, process);
        reader.join(TIMEOUT);                          // its last words
        return process.waitFor();
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    public void kill() throws InterruptedException {
        Processes.end(process);
        process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    @Override public void close() {
        Processes.end(process);
    }
}

package bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import lab.os.Processes;
import lesson.Lesson;

/** {@code ./jbang notebook}, started as a person starts it. */
final class ServedNotebook implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://\\S+token=\\S+");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private final Process process;
    private final Path root;

    private ServedNotebook(Process process, Path root) {
        this.process = process;
        this.root = root;
    }

    static ServedNotebook start(Lesson lesson) throws IOException {
        var root = lesson.home().root();
        var command = List.of(root.resolve("jbang").toString(), "notebook", lesson.number(), "--no-open", "--db", "embedded");
        return new ServedNotebook(new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).start(), root);
    }

    /** Waits until it prints where it is. */
    URI address() throws IOException {
        var said = new StringBuilder();
        var lines = process.inputReader();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var found = ADDRESS.matcher(line);
            if (found.find()) {
                Processes.readPipe(() -> lines.lines().forEach(more -> { })); // or it would wait once the pipe is full
                return URI.create(found.group());
            }
            said.append(line).append('\n');
        }
        throw new IOException(root.resolve("jbang") + " notebook ended before it served anything: " + said);
    }

    /** The process that serves, and the JVM of the page's cells. */
    List<ProcessHandle> processes() {
        var child = process.descendants().filter(one -> one.info().command().orElse("").endsWith("java")).toList();
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(process.toHandle()), child.stream()).toList();
    }

    @Override public void close() throws IOException {
        process.destroy();
        try {
            Processes.endsWithin(TIMEOUT, process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}

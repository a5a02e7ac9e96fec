package lab.docker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lab.LabException;
import lab.Progress;
import lab.os.Processes;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * Fetches images that are not here, and says so. Testcontainers would fetch them in silence and retry for minutes; it
 * even needs an image of its own before it can be asked for anything.
 */
public final class DockerImages {
    /** What Testcontainers 2.0.5 starts to remove the containers of killed runs. */
    static final String RYUK = "testcontainers/ryuk:0.14.0";
    /** What Testcontainers starts in a container to find the host's address, unless that is given. */
    private static final String TINY = "alpine:3.17";
    private static final Duration LONGEST_PULL = Duration.ofMinutes(5);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private final DockerEngine engine;
    private final Progress progress;

    /** @param progress is told of each image that is fetched */
    public DockerImages(DockerEngine engine, Progress progress) {
        this.engine = engine;
        this.progress = progress;
    }

    /** All images that Testcontainers needs to start one container of this image. */
    static Stream<String> neededFor(String image) {
        var ryuk = "true".equalsIgnoreCase(System.getenv("TESTCONTAINERS_RYUK_DISABLED")) ? Stream.<String>empty() : Stream.of(RYUK);
        var inContainer = Files.exists(Path.of("/.dockerenv")) && System.getenv("TESTCONTAINERS_HOST_OVERRIDE") == null;
        return Stream.of(Stream.of(image), ryuk, inContainer ? Stream.of(TINY) : Stream.<String>empty()).flatMap(images -> images);
    }

    /** What an image is for that no learner has asked for. */
    static String wantedFor(String image) {
        return switch (image) {
            case RYUK -> ", by which Testcontainers removes the containers of killed runs";
            case TINY -> ", by which Testcontainers finds Docker's host from inside this container; with TESTCONTAINERS_HOST_OVERRIDE set to its address none is needed";
            default -> "";
        };
    }

    /** Fetches the image if need be. Throws {@link LabException} when it cannot be had: after 30 s of silence, 5 min in all. */
    public void ensure(String image) throws LabException {
        var name = ImageNameSubstitutor.instance().apply(DockerImageName.parse(image)).asCanonicalNameString();
        if (engine.has(name)) {
            return;
        }
        progress.say("fetching the image " + name + " (once)");
        try {
            pull(name);
        } catch (IOException e) {
            throw new LabException("the image " + name + " is not here and could not be pulled: " + e.getMessage()
                + "; check its name and the network with `docker pull " + name + "`, or use --db embedded", e);
        }
    }

    private void pull(String name) throws IOException {
        if (!DockerCommand.isInstalled()) {
            throw new IOException("the command docker is not on the PATH");
        }
        var process = new ProcessBuilder(engine.command(List.of("pull", name))).redirectErrorStream(true).start();
        var output = new PullOutput();
        var reading = Processes.readPipe(() -> output.read(process.inputReader()));
        try {
            while (!process.waitFor(Duration.ofMillis(100))) {
                output.failAfterSilence();
            }
            reading.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException(output.lastLine);
        }
    }

    /** Passes on the output of a pull, and notices when it stops. */
    private final class PullOutput {
        private final long began = System.nanoTime();
        private volatile long lastReceived = began;
        private long lastSaid = began;
        private volatile String lastLine = "docker said nothing";

        void read(BufferedReader pipe) {
            try {
                pipe.lines().forEach(this::pass);
            } catch (UncheckedIOException e) {
                lastLine = "docker was stopped";
            }
        }

        private void pass(String line) {
            lastReceived = System.nanoTime();
            lastLine = line;
            if (lastReceived - lastSaid > BETWEEN_LINES.toNanos()) {
                lastSaid = lastReceived;
                progress.say("  " + line);
            }
        }

        void failAfterSilence() throws IOException {
            var silence = Duration.ofNanos(System.nanoTime() - lastReceived);
            if (silence.compareTo(LONGEST_SILENCE) > 0) {
                throw new IOException("nothing received from its registry for " + silence.toSeconds() + " s");
            }
            if (System.nanoTime() - began > LONGEST_PULL.toNanos()) {
                throw new IOException("not complete after " + LONGEST_PULL.toMinutes() + " min");
            }
        }
    }
}

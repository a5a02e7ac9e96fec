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
import lab.os.Pipes;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * Fetches images that are not here, and says so. Testcontainers would fetch them in silence and retry for minutes; it
 * even needs an image of its own before it can be asked for anything.
 */
public final class DockerImages {
    /** What Testcontainers 2.0.5 starts to remove the containers of killed runs. */
    static final String RYUK = "testcontainers/ryuk:0.14.0";
    /** What Testcontainers starts to find its way out of a container, unless told the way. */
    private static final String TINY = "alpine:3.17";
    private static final Duration LONGEST_PULL = Duration.ofMinutes(5);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(5);
    private final DockerEngine engine;
    private final Progress progress;

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
        var ear = new Ear();
        var listening = Pipes.read(() -> ear.listen(process.inputReader()));
        try {
            while (!process.waitFor(Duration.ofMillis(100))) {
                ear.complainAfterSilence();
            }
            listening.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException(ear.lastLine);
        }
    }

    /** Hears what docker says while it pulls. */
    private final class Ear {
        private final long began = System.nanoTime();
        private volatile long lastHeard = began;
        private long lastSaid = began;
        private volatile String lastLine = "docker said nothing";

        void listen(BufferedReader output) {
            try {
                output.lines().forEach(this::hear);
            } catch (UncheckedIOException e) {
                lastLine = "docker was stopped";
            }
        }

        private void hear(String line) {
            lastHeard = System.nanoTime();
            lastLine = line;
            if (lastHeard - lastSaid > BETWEEN_WORDS.toNanos()) {
                lastSaid = lastHeard;
                progress.say("  " + line);
            }
        }

        void complainAfterSilence() throws IOException {
            var silence = Duration.ofNanos(System.nanoTime() - lastHeard);
            if (silence.compareTo(LONGEST_SILENCE) > 0) {
                throw new IOException("nothing heard from its registry for " + silence.toSeconds() + " s");
            }
            if (System.nanoTime() - began > LONGEST_PULL.toNanos()) {
                throw new IOException("not complete after " + LONGEST_PULL.toMinutes() + " min");
            }
        }
    }
}

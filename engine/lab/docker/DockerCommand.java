package lab.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lab.ClientTools;
import lab.LabException;

/** Docker's own command line client: it reaches engines by named pipes and TLS, and runs the tools inside a container. */
public final class DockerCommand {
    static final String NAME = System.getProperty("os.name").startsWith("Windows") ? "docker.exe" : "docker";

    private DockerCommand() { }

    static boolean isInstalled() {
        var path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(java.io.File.pathSeparator)).anyMatch(folder -> Files.isExecutable(Path.of(folder, NAME)));
    }

    /** Why the client cannot reach an engine; empty when it can. Waits ten seconds at most: the client starts slowly. */
    static Optional<String> reasonUnavailable() {
        if (!isInstalled()) {
            return Optional.of("the command docker is not on the PATH: install Docker, or use --db embedded");
        }
        try {
            var version = answer(List.of(NAME, "version", "--format", "{{.Server.Version}}"));
            return version.worked() ? Optional.empty() : Optional.of("no Docker engine answers: " + version.said());
        } catch (IOException e) {
            return Optional.of("the command docker does not start: " + e.getMessage());
        }
    }

    /** Whether a command line of docker ends well, within ten seconds. */
    static boolean succeeds(List<String> commandLine) throws LabException {
        return started(commandLine).worked();
    }

    /** What a command line of docker says. Throws {@link LabException} when it fails, or takes more than ten seconds. */
    static String output(List<String> commandLine) throws LabException {
        var answer = started(commandLine);
        if (!answer.worked()) {
            throw new LabException("`" + String.join(" ", commandLine) + "` failed: " + answer.said());
        }
        return answer.said();
    }

    private static Answer started(List<String> commandLine) {
        try {
            return answer(commandLine);
        } catch (IOException e) {
            throw new LabException("the command docker does not start: " + e.getMessage(), e);
        }
    }

    private record Answer(boolean worked, String said) { }

    private static Answer answer(List<String> commandLine) throws IOException {
        var said = Files.createTempFile("docker", ".txt");
        var process = new ProcessBuilder(commandLine).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            var ended = process.waitFor(10, TimeUnit.SECONDS);
            return new Answer(ended && process.exitValue() == 0, ended ? Files.readString(said).strip() : "no answer within 10 s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(said);
        }
    }

    /** What a container has written so far. Throws {@link LabException} where the client of docker cannot say. */
    public static String logOf(String container) throws LabException {
        return output(List.of(NAME, "logs", container));
    }

    /**
     * Runs tools inside a container, where they have the server's version. PGUSER, PGPASSWORD and PGDATABASE go in when the
     * caller sets them in the environment of the process; host and port are those of the server inside.
     */
    public static ClientTools toolsIn(String container) {
        return new Inside(container);
    }

    private record Inside(String container) implements ClientTools {
        /** To end the client of docker does not end what it runs inside, so that is a process group with a known number. */
        private static final String IN_A_GROUP = "mkdir -p /tmp/cells; cd /tmp/cells; set -m; "
            + "bash -euo pipefail -c \"$0\" cell </dev/null & echo $! >.group; set +m; wait $!";

        @Override public List<String> command(String tool, List<String> arguments) {
            if (!isInstalled()) {
                throw new LabException("no " + tool + " here: it is in the container, but the command docker is not on the PATH");
            }
            var exec = List.of(NAME, "exec", "--interactive", "--user=postgres", "--env=PGHOST=127.0.0.1", "--env=PGPORT=5432",
                "--env=PGUSER", "--env=PGPASSWORD", "--env=PGDATABASE", container, tool);
            return Stream.concat(exec.stream(), arguments.stream()).toList();
        }

        @Override public List<String> script(String script) {
            return command("bash", List.of("-c", IN_A_GROUP, script));
        }

        @Override public Optional<List<String>> end() {
            return Optional.of(command("bash", List.of("-c", "kill -KILL -- -\"$(cat /tmp/cells/.group)\"")));
        }
    }
}

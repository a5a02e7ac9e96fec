package launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One command with exactly this environment; its output goes to files, so that no background process can hold it open. */
record Command(Path workingFolder, Map<String, String> environment, List<String> words) {

    private static final int LIMIT_SECONDS = 120;

    /** Runs to the end with this standard input. */
    Run run(String input) {
        try {
            var folder = Files.createTempDirectory("command");
            try {
                return run(Files.writeString(folder.resolve("in"), input), folder.resolve("out"), folder.resolve("err"));
            } finally {
                Disk.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not run " + words, e);
        }
    }

    private Run run(Path in, Path out, Path err) throws IOException {
        var process = builder(out, err).redirectInput(in.toFile()).start();
        return new Run(exitOf(process), Files.readString(out), Files.readString(err), process.pid());
    }

    /** Starts it and does not wait; the caller ends it. */
    Process start(Path out, Path err) {
        try {
            return builder(out, err).redirectInput(ProcessBuilder.Redirect.PIPE).start();
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + words, e);
        }
    }

    /** Waits, but not for ever. */
    static int exitOf(Process process) {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("still running after " + LIMIT_SECONDS + " s: " + process.info());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + process.info(), e);
        }
    }

    private ProcessBuilder builder(Path out, Path err) {
        var builder = new ProcessBuilder(words).directory(workingFolder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }
}

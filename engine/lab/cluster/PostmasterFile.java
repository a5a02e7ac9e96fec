package lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lab.LabException;

/** {@code postmaster.pid}, in which a running PostgreSQL writes who it is and its state. */
record PostmasterFile(Path file) {
    private static final int STATE = 7;

    static PostmasterFile in(Path data) {
        return new PostmasterFile(data.resolve("postmaster.pid"));
    }

    /** PostgreSQL writes its state into the eighth line; "ready" is the word to wait for. */
    boolean isReady() {
        try {
            var lines = Files.readAllLines(file);
            return lines.size() > STATE && lines.get(STATE).startsWith("ready");
        } catch (IOException e) {
            return false; // not written yet, or being replaced: the next look will see it
        }
    }

    /**
     * Stops a server whose JVM is gone, if one still runs on this folder. The guard normally sees to it; this is for the guard that
     * was killed as well, and for Windows.
     */
    void stopServer() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        var lines = Files.readAllLines(file);
        if (lines.size() > 1 && lines.get(1).equals(file.getParent().toString())) {
            ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(PostmasterFile::isPostgres).ifPresent(PostmasterFile::end);
        }
    }

    /** A process id is used again after a while: only a postgres may be stopped. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().map(command -> command.contains("postgres")).orElse(false);
    }

    private static void end(ProcessHandle server) {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly();
        try {
            server.onExit().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new LabException("process " + server.pid() + " is a PostgreSQL that a killed run has left, and it"
                + " does not end; stop it with `kill -9 " + server.pid() + "`", e);
        }
    }
}

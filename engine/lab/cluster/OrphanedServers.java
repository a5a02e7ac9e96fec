package lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lab.LabException;

/** Servers whose JVM is gone. The guard normally sees to them; this is for the guard that was killed as well, and for Windows. */
final class OrphanedServers {
    private OrphanedServers() { }

    /** Stops the server of a data folder, if one still runs there. */
    static void stop(Path data) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var lines = Files.readAllLines(pidFile);
        if (lines.size() > 1 && lines.get(1).equals(data.toString())) {
            ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(OrphanedServers::isPostgres).ifPresent(OrphanedServers::end);
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

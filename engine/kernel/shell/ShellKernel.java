package kernel.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kernel.cell.Cell;
import kernel.cell.CellListener;
import kernel.cell.CellResult;
import kernel.output.Output;
import lab.Database;
import lab.LabException;
import lab.Server;
import lab.os.Processes;

/**
 * Runs scripts with the client tools of the lab, which find the lesson's database by themselves: psql, pg_dump. One at a
 * time; the files that one writes are there for the next.
 */
public final class ShellKernel implements AutoCloseable {
    private static final int SECONDS_TO_END = 2;
    private final Server server;
    private final Database database;
    private final Path folder;
    private volatile Process running;
    private volatile boolean stopped;

    /** @param folder where scripts run, unless the lab runs them in a container */
    public ShellKernel(Server server, Database database, Path folder) {
        this.server = server;
        this.database = database;
        this.folder = folder;
    }

    /**
     * Runs the cell's script as its role, until it ends, fails, or is stopped. What it prints comes while it runs. One whose tools
     * this machine does not have is skipped, and says why.
     */
    public synchronized CellResult run(Cell cell, CellListener listener) throws InterruptedException {
        stopped = false;
        try {
            running = start(cell);
            return await(running, listener);
        } catch (LabException e) {
            listener.shown(new Output.Skipped(e.getMessage()));
            return new CellResult.Done();
        } catch (IOException e) {
            listener.shown(new Output.Failure("IOException", "the shell does not start: " + e.getMessage(), "", "", "", "", 0));
            return new CellResult.Failed(0);
        } finally {
            running = null;
        }
    }

    private Process start(Cell cell) throws IOException {
        var builder = new ProcessBuilder(server.tools().script(cell.source())).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("PSQL"));
        ClientEnvironment.inEnglish(builder.environment());
        builder.environment().putAll(ClientEnvironment.of(database.login(cell.role()), database.name()));
        var process = builder.start();
        process.getOutputStream().close(); // nobody will answer what it asks
        return process;
    }

    private CellResult await(Process process, CellListener listener) throws InterruptedException {
        var processPrinter = new ProcessPrinter(listener);
        var readers = List.of(processPrinter.from(process.getInputStream(), "out"), processPrinter.from(process.getErrorStream(), "err"));
        var code = process.waitFor();
        for (var reader : readers) {
            reader.join(java.time.Duration.ofSeconds(SECONDS_TO_END)); // a process that it left in the background may hold the pipe
        }
        processPrinter.end();
        if (stopped) {
            return new CellResult.Stopped();
        }
        if (code != 0) {
            listener.shown(new Output.Text("The script ended with exit code " + code + "."));
            return new CellResult.Failed(0);
        }
        return new CellResult.Done();
    }

    /** Ends the script that runs, and all that it started. Returns at once. */
    public void stop() {
        var process = running;
        if (process != null) {
            stopped = true;
            endInContainer();
            Processes.end(process);
        }
    }

    private void endInContainer() {
        Optional<List<String>> end = server.tools().end();
        if (end.isPresent()) {
            try {
                new ProcessBuilder(end.get()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                    .waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
            } catch (IOException e) {
                stopped = true; // docker cannot be asked, so what runs inside ends with its container
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override public void close() {
        stop();
    }
}

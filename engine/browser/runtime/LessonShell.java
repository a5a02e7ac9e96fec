package browser.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kernel.cell.Cell;
import kernel.cell.CellListener;
import kernel.cell.CellResult;
import kernel.shell.ShellKernel;
import lab.Database;
import lab.Progress;
import lab.Server;
import lab.os.TempFolder;
import lab.provider.PracticeServer;

/** Runs shell cells, in a folder that is made for the first of them and removed in the end. */
final class LessonShell implements AutoCloseable {
    private final CompletableFuture<LessonLab> lab;
    private final boolean practises;
    private Optional<Opened> opened = Optional.empty();

    /** The server is one that was started for scripts. */
    private record Opened(ShellKernel kernel, TempFolder tempFolder, Optional<Server> server) { }

    /** @param practises whether the lesson has scripts of its own, which run on a server of their own */
    LessonShell(CompletableFuture<LessonLab> lab, boolean practises) {
        this.lab = lab;
        this.practises = practises;
    }

    CellResult run(Cell cell, CellListener listener) throws InterruptedException {
        return opened().kernel().run(cell, listener);
    }

    private synchronized Opened opened() {
        if (opened.isEmpty()) {
            try {
                var ready = LessonLab.join(lab);
                var tempFolder = TempFolder.of("shell");
                Optional<Server> own = practises ? Optional.of(PracticeServer.beside(ready.lab().server(), Progress.SILENT)) : Optional.empty();
                var server = own.orElse(ready.lab().server());
                var database = practises ? Database.on(server, server.lessonDatabase()) : ready.database();
                opened = Optional.of(new Opened(new ShellKernel(server, database, tempFolder.folder()), tempFolder, own));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot make a folder for shell cells", e);
            }
        }
        return opened.get();
    }

    private synchronized Optional<Opened> ifOpened() {
        return opened;
    }

    void stop() {
        ifOpened().ifPresent(one -> one.kernel().stop());
    }

    @Override public void close() {
        ifOpened().ifPresent(LessonShell::close);
    }

    private static void close(Opened one) {
        try (var tempFolder = one.tempFolder()) {
            one.kernel().close();
            one.server().ifPresent(Server::close);
        } catch (IOException e) {
            // the next command that makes such a folder sweeps it
        }
    }
}

package browser.runtime;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kernel.cell.Cell;
import kernel.cell.CellListener;
import kernel.cell.CellResult;
import kernel.shell.PracticeShell;
import kernel.shell.ShellKernel;
import lab.Progress;
import lab.os.TempFolder;
import lesson.Lesson;
import lesson.Program;

/**
 * Runs shell cells, in a folder that is made for the first of them and removed in the end. Where the lesson has scripts of its own,
 * they run on a server of their own.
 */
final class LessonShell implements AutoCloseable {
    private final Lesson lesson;
    private final CompletableFuture<LessonLab> lab;
    private Optional<Opened> opened = Optional.empty();

    /** @param resources ends the kernel, and removes what was made for it */
    private record Opened(ShellKernel kernel, Closeable resources) { }

    LessonShell(Lesson lesson, CompletableFuture<LessonLab> lab) {
        this.lesson = lesson;
        this.lab = lab;
    }

    CellResult run(Cell cell, CellListener listener) throws InterruptedException {
        return opened().kernel().run(cell, listener);
    }

    private synchronized Opened opened() {
        if (opened.isEmpty()) {
            try {
                opened = Optional.of(hasScripts() ? forScripts(LessonLab.join(lab)) : onTheLessonsServer(LessonLab.join(lab)));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot make a folder for shell cells", e);
            }
        }
        return opened.get();
    }

    private boolean hasScripts() {
        return Program.regions(lesson.program()).stream().anyMatch(region -> region.language().equals("shell"));
    }

    private static Opened forScripts(LessonLab ready) {
        var shell = PracticeShell.beside(ready.lab().server(), Progress.SILENT);
        return new Opened(shell.kernel(), shell::close);
    }

    private static Opened onTheLessonsServer(LessonLab ready) throws IOException {
        var tempFolder = TempFolder.of("shell");
        var kernel = new ShellKernel(ready.lab().server(), ready.database(), tempFolder.folder());
        return new Opened(kernel, () -> {
            try (tempFolder) {
                kernel.close();
            }
        });
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
        try {
            one.resources().close();
        } catch (IOException e) {
            // the next command that makes such a folder sweeps it
        }
    }
}

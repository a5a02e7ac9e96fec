package browser.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kernel.cell.Cell;
import kernel.cell.Ending;
import kernel.cell.Witness;
import kernel.shell.ShellKernel;
import lab.os.Scratch;

/** What runs shell cells: made when the first of them runs, in a folder that goes with it. */
final class Shell implements AutoCloseable {
    private final CompletableFuture<LessonLab> lab;
    private Optional<Made> made = Optional.empty();

    private record Made(ShellKernel kernel, Scratch scratch) { }

    Shell(CompletableFuture<LessonLab> lab) {
        this.lab = lab;
    }

    Ending run(Cell cell, Witness witness) throws InterruptedException {
        return made().kernel().run(cell, witness);
    }

    private synchronized Made made() {
        if (made.isEmpty()) {
            try {
                var ready = LessonLab.of(lab);
                var scratch = Scratch.of("shell");
                made = Optional.of(new Made(new ShellKernel(ready.lab().server(), ready.database(), scratch.folder()), scratch));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot make a folder for shell cells", e);
            }
        }
        return made.get();
    }

    private synchronized Optional<Made> ifMade() {
        return made;
    }

    void stop() {
        ifMade().ifPresent(one -> one.kernel().stop());
    }

    @Override public void close() {
        ifMade().ifPresent(Shell::close);
    }

    private static void close(Made one) {
        try (var scratch = one.scratch()) {
            one.kernel().close();
        } catch (IOException e) {
            // the next command that makes such a folder sweeps it
        }
    }
}

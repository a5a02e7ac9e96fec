package kernel.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import kernel.cell.CellResult;

/** What tests of the kernel do again and again. Every wait is bounded. */
final class Kernels {
    private static final int SECONDS = 30;

    private Kernels() { }

    static JavaKernel plain() {
        return JavaKernel.start(KernelSetup.plain(List.of("import module java.base;")));
    }

    static Heard done(JavaKernel kernel, String source) {
        var heard = new Heard();
        assertEquals(new CellResult.Done(), run(kernel, source, heard), () -> heard.outputs().toString());
        return heard;
    }

    static CellResult run(JavaKernel kernel, String source, Heard heard) {
        return result(started(kernel, source, heard));
    }

    /** Runs the cell in the background. */
    static CompletableFuture<CellResult> started(JavaKernel kernel, String source, Heard heard) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return kernel.run(Heard.cell(source), heard);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, Thread.ofVirtual()::start);
    }

    static <T> T result(CompletableFuture<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static void awaitPrinted(Heard heard, String text) throws InterruptedException {
        var end = System.nanoTime() + SECONDS * 1_000_000_000L;
        while (!heard.printed().contains(text)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the cell never printed " + text + " but " + heard.printed() + heard.outputs());
            }
            Thread.sleep(5);
        }
    }
}

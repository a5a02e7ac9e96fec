package kernel.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import kernel.cell.CellResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs can be stopped, whatever it does. */
@Timeout(60)
class StopTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "while (true) { }",
        "new Object() { public String toString() { while (true) { } } }",
        "for (;;) { try { Thread.sleep(10); } catch (Throwable swallowed) { } }",
        "Thread.sleep(60_000);",
        "new ArrayBlockingQueue<String>(1).take();",
        "IntStream.range(0, 1000).parallel().forEach(i -> { while (true) { } });",
        "IntStream.iterate(0, i -> i + 1).forEach(i -> { });",
        "Thread.startVirtualThread(() -> { while (true) { } }).join();",
        "new java.util.concurrent.locks.ReentrantLock() {{ Thread.ofVirtual().start(this::lock).join(); }}.lockInterruptibly();"})
    void theSnippetEndsAndVariablesStay(String endless) throws Exception {
        try (var kernel = Kernels.plain()) {
            Kernels.done(kernel, "var kept = new ArrayList<>(List.of(1, 2));");
            assertEquals(StopOutcome.SNIPPET, stop(kernel, endless, new CellResult.Stopped()));
            assertTrue(kernel.alive());
            assertTrue(Kernels.done(kernel, "kept.size() + 40").text().endsWith("==> 42"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Stream.generate(Math::random).allMatch(Double::isFinite);", // library code alone, which nobody can weave
        "var lock = new Object(); Thread.ofPlatform().daemon().start(() -> { synchronized (lock) { try { Thread.sleep(60_000); } "
            + "catch (InterruptedException e) { } } }); Thread.sleep(200); synchronized (lock) { }"})
    void theProcessIsEndedWhereTheSnippetDoesNot(String endless) throws Exception {
        try (var kernel = Kernels.plain()) {
            var heard = new Heard();
            var ending = Kernels.started(kernel, "System.out.println(\"begun\");\n" + endless, heard);
            Kernels.awaitPrinted(heard, "begun");
            Thread.sleep(1_500); // into the endless part
            assertEquals(StopOutcome.KILLED, kernel.stop());
            assertTrue(assertInstanceOf(CellResult.Lost.class, Kernels.result(ending)).why().contains("did not stop"));
            assertFalse(kernel.alive());
            assertInstanceOf(CellResult.Lost.class, Kernels.run(kernel, "1", new Heard()));
        }
    }

    @Test void aCellThatWaitsForItsProcessNeverBeginsWhenItIsStopped() throws Exception {
        try (var kernel = Kernels.plain()) {
            var heard = new Heard();
            var ending = Kernels.started(kernel, "System.out.println(\"begun\");", heard);
            while (kernel.stop() == StopOutcome.NOTHING && !ending.isDone()) {
                Thread.onSpinWait();
            }
            assertEquals(new CellResult.Stopped(), Kernels.result(ending));
            assertEquals("", heard.printed());
        }
    }

    @Test void stoppingNothingIsNothing() {
        try (var kernel = Kernels.plain()) {
            kernel.awaitReady();
            assertEquals(StopOutcome.NOTHING, kernel.stop());
        }
    }

    @Test void aCellThatWasStoppedDoesNotRunItsOtherSnippets() throws Exception {
        try (var kernel = Kernels.plain()) {
            var heard = new Heard();
            var ending = Kernels.started(kernel, "System.out.println(\"begun\");\nThread.sleep(60_000);\nSystem.out.println(\"went on\");", heard);
            Kernels.awaitPrinted(heard, "begun");
            kernel.stop();
            assertEquals(new CellResult.Stopped(), Kernels.result(ending));
            assertFalse(heard.printed().contains("went on"));
            assertTrue(heard.outputs().isEmpty());
        }
    }

    private static StopOutcome stop(JavaKernel kernel, String endless, CellResult expected) throws InterruptedException {
        var heard = new Heard();
        var ending = Kernels.started(kernel, "System.out.println(\"begun\");\n" + endless, heard);
        Kernels.awaitPrinted(heard, "begun");
        Thread.sleep(200); // into the endless part
        var stopOutcome = kernel.stop();
        assertEquals(expected, Kernels.result(ending));
        return stopOutcome;
    }
}

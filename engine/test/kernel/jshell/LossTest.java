package kernel.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.util.concurrent.TimeUnit;
import kernel.cell.CellResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a cell does to its process, the page and its host live on. */
@Timeout(90)
class LossTest {

    @Test void systemExitEndsTheProcessOfThePageAlone() {
        try (var kernel = Kernels.plain()) {
            var why = assertInstanceOf(CellResult.Lost.class, Kernels.run(kernel, "System.exit(3);", new Heard())).why();
            assertTrue(why.contains("exit code 3"), why);
            assertFalse(kernel.alive());
        }
    }

    @Test void aCellThatFillsTheMemoryFailsAndWhatItKeptCanBeDropped() {
        try (var kernel = Kernels.plain()) {
            Kernels.done(kernel, "var x = 42; var big = new ArrayList<byte[]>();");
            var heard = new Heard();
            var cellResult = Kernels.run(kernel, "while (true) big.add(new byte[1 << 20]);", heard);
            assertEquals(new CellResult.Failed(1), cellResult);
            assertEquals("OutOfMemoryError", heard.failure().kind());
            Kernels.done(kernel, "big = null;");
            assertEquals(42, kernel.value("x").orElseThrow());
        }
    }

    @Test void aFloodOfOutputIsBoundedAndSaid() {
        try (var kernel = Kernels.plain()) {
            var heard = Kernels.done(kernel, "for (int i = 0; i < 300_000; i++) System.out.println(\"0123456789\");");
            assertTrue(heard.printed().length() < 70_000, () -> "" + heard.printed().length());
            assertTrue(heard.printed().endsWith("more characters left out\n"), () -> heard.printed().substring(heard.printed().length() - 100));
            assertEquals("again\n", Kernels.done(kernel, "System.out.println(\"again\");").printed());
        }
    }

    @Test void aHugeValueIsCutAndAValueWithoutWordsIsSaid() {
        try (var kernel = Kernels.plain()) {
            assertTrue(Kernels.done(kernel, "\"x\".repeat(2_000_000)").text().endsWith("(2000002 characters)"));
            assertTrue(Kernels.done(kernel, "new Object() { public String toString() { throw new RuntimeException(\"evil\"); } }").text().contains("evil"));
        }
    }

    @Test void closingLeavesNoProcess() throws Exception {
        var kernel = Kernels.plain();
        Kernels.done(kernel, "var pid = ProcessHandle.current().pid();\nThread.ofPlatform().start(() -> { while (true) { } });");
        var child = ProcessHandle.of((long) kernel.value("pid").orElseThrow()).orElseThrow();
        kernel.close();
        child.onExit().get(10, TimeUnit.SECONDS);
        assertFalse(child.isAlive());
    }
}

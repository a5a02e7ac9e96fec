package kernel.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.nio.file.Path;
import java.util.List;
import kernel.cell.CellResult;
import kernel.cell.VirtualThreads;
import kernel.output.Output;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cells of Java, in a real child JVM. */
@Timeout(60)
class JavaKernelTest {
    private static JavaKernel kernel;

    @BeforeAll static void start() {
        kernel = JavaKernel.start(KernelSetup.plain(List.of("import module java.base;")));
    }

    @AfterAll static void close() {
        kernel.close();
    }

    @Test void theLastExpressionIsTheValueOfACell() throws Exception {
        var heard = done("var a = 20;\nint b = 22; a + b");
        assertTrue(heard.text().matches("\\$\\d+ ==> 42"), heard.text());
        assertEquals(1, heard.outputs().size());
    }

    @Test void whoWaitsForTheChildToSaySomethingIsNoVirtualThread(@TempDir Path folder) throws Exception {
        done("1");
        assertEquals(List.of(), VirtualThreads.atPipes(folder));
    }

    @Test void whatIsPrintedComesInOrder() throws Exception {
        var heard = done("System.out.println(\"grün\");\nSystem.err.println(\"red\");\n\"x\"");
        assertEquals(List.of("out grün", "err red", "text"), heard.order());
    }

    @Test void aListOfRecordsIsATable() throws Exception {
        var heard = done("record Point(int x, String name) { }\nList.of(new Point(1, \"one\"), new Point(2, null))");
        assertEquals("table[x, name]", assertInstanceOf(Output.Table.class, heard.outputs().getLast()).shape());
    }

    @Test void whatDoesNotCompileIsShownWithItsPlaceInTheCell() throws Exception {
        var heard = new Heard();
        var cellResult = kernel.run(Heard.cell("int good = 1;\n\nint bad = \"a\".lenght();"), heard);
        assertEquals(new CellResult.Failed(3), cellResult);
        assertEquals("does not compile", heard.failure().kind());
        assertEquals("int bad = \"a\".lenght();", heard.failure().statement(), "the line alone: the cell is before whoever reads it");
        assertEquals("int bad = \"a\".".length(), heard.failure().position());
        assertEquals(1, (int) kernel.value("good").orElseThrow());
    }

    @Test void anExceptionSaysItsLineAndItsCauses() throws Exception {
        var heard = new Heard();
        var cellResult = kernel.run(Heard.cell("""
            void boom() {
                throw new IllegalStateException("outer", new java.io.IOException("inner"));
            }
            boom();"""), heard);
        assertEquals(new CellResult.Failed(2), cellResult);
        assertEquals("IllegalStateException", heard.failure().kind());
        assertEquals("outer\ncaused by IOException: inner", heard.failure().message());
    }

    private static Heard done(String source) throws InterruptedException {
        var heard = new Heard();
        var cellResult = kernel.run(Heard.cell(source), heard);
        assertEquals(new CellResult.Done(), cellResult, () -> heard.outputs().toString());
        assertFalse(heard.outputs().stream().anyMatch(Output.Failure.class::isInstance));
        return heard;
    }
}

package kernel.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kernel.cell.CellResult;
import kernel.cell.Completion;
import kernel.output.Output;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be asked of the kernel besides running a cell. */
@Timeout(60)
class FrontEndTest {
    private static JavaKernel kernel;

    @BeforeAll static void start() {
        kernel = Kernels.plain();
        kernel.awaitReady();
    }

    @AfterAll static void close() {
        kernel.close();
    }

    @Test void completionKnowsWhatTheSnippetsBeforeTheCursorDeclare() {
        var cell = "import java.util.function.*;\nvar words = List.of(\"a\", \"b\");\nwords.str";
        var completion = kernel.complete(cell, cell.length());
        assertEquals(cell.length() - 3, completion.from());
        assertTrue(labels(completion).contains("stream()"), completion::toString);
    }

    @Test void completionWorksBehindAMethodAndWhileACellRuns() throws Exception {
        var heard = new Heard();
        var running = Kernels.started(kernel, "System.out.println(\"begun\"); Thread.sleep(60_000);", heard);
        Kernels.awaitPrinted(heard, "begun");
        var cell = "int twice(int x) { return 2 * x; }\nMath.ab";
        assertTrue(labels(kernel.complete(cell, cell.length())).contains("abs("));
        kernel.stop();
        assertEquals(new CellResult.Stopped(), Kernels.result(running));
    }

    @Test void aMethodIsDescribedWithItsDocumentation() {
        var cell = "int n = 1;\n\"abc\".substring(";
        var text = kernel.describe(cell, cell.length()).orElseThrow();
        assertTrue(text.contains("String String.substring(int beginIndex)"), text);
        assertTrue(text.contains("Returns a string that is a substring of this string") || !hasSources(), text);
        assertTrue(!text.contains("{@") && !text.contains("<p>"), text);
    }

    private static boolean hasSources() {
        return java.nio.file.Files.exists(java.nio.file.Path.of(System.getProperty("java.home"), "lib", "src.zip"));
    }

    @Test void valuesComeAsTheyAre() {
        Kernels.done(kernel, """
            var id = UUID.fromString("00000000-0000-0000-0000-000000000001");
            var price = new BigDecimal("1.50"); int[] sizes = {1, 2}; String nothing = null; var day = LocalDate.of(2026, 11, 22);
            var names = List.of("a", "b"); var thread = new Thread(); var big = new ArrayList<>(Collections.nCopies(20_000, 1));""");
        assertEquals(Optional.of(UUID.fromString("00000000-0000-0000-0000-000000000001")), kernel.value("id"));
        assertEquals(Optional.of(new BigDecimal("1.50")), kernel.value("price"));
        assertTrue(Arrays.equals(new int[] {1, 2}, (int[]) kernel.value("sizes").orElseThrow()));
        assertEquals(Optional.empty(), kernel.value("nothing"));
        assertEquals(Optional.of(LocalDate.of(2026, 11, 22)), kernel.value("day"));
        assertEquals(Optional.of(List.of("a", "b")), kernel.value("names"));
        assertTrue(refusal("thread").contains("is a Thread"), refusal("thread"));
        assertTrue(refusal("big").contains("20000 elements"), refusal("big"));
        assertTrue(refusal("unheardOf").contains("no Java variable unheardOf"), refusal("unheardOf"));
        assertTrue(kernel.variables().contains(new Variable("price", "BigDecimal")), kernel.variables()::toString);
    }

    @Test void aResultOfSqlIsAListOfRecords() {
        var columns = List.of(new Output.Table.Column("id", "int8"), new Output.Table.Column("created_at", "date"), new Output.Table.Column("class", "text"));
        kernel.define("orders", columns, List.of(Arrays.asList(1L, LocalDate.of(2026, 1, 2), "a"), Arrays.asList(2L, null, null)));
        assertTrue(Kernels.done(kernel, "orders.getFirst().createdAt().getYear() + orders.size() + orders.stream().mapToLong(OrdersRow::id).sum()")
            .text().endsWith("==> 2031"));
        assertTrue(Kernels.done(kernel, "orders.getFirst().class_()").text().endsWith("==> \"a\""));
        kernel.define("orders", columns, List.of());
        assertTrue(Kernels.done(kernel, "orders.size()").text().endsWith("==> 0"));
        assertThrows(IllegalArgumentException.class, () -> kernel.define("not a name", columns, List.of()));
    }

    @Test void aMethodMayNameOneThatComesLater() {
        Kernels.done(kernel, "int outer(int v) { return inner(v) * 2; }\nint inner(int v) { return v + 1; }");
        assertTrue(Kernels.done(kernel, "outer(4)").text().endsWith("==> 10"));
        assertTrue(Kernels.done(kernel, "int lonely() { return nobody(); }").printed().contains("lonely can be used once method nobody() is declared"));
        var heard = new Heard();
        assertEquals(new CellResult.Failed(1), Kernels.run(kernel, "lonely();", heard));
        assertEquals("not declared yet", heard.failure().kind());
    }

    @Test void checkedExceptionsNeedNoTryAtTheTopOfACell() {
        var heard = new Heard();
        assertEquals(new CellResult.Failed(2), Kernels.run(kernel, "// a file\njava.nio.file.Files.readString(java.nio.file.Path.of(\"/nope\"));", heard));
        assertEquals("NoSuchFileException", heard.failure().kind());
        heard = new Heard();
        assertEquals(new CellResult.Failed(1), Kernels.run(kernel, "String read() { return java.nio.file.Files.readString(java.nio.file.Path.of(\"/nope\")); }", heard));
        assertTrue(heard.failure().message().startsWith("unreported exception"), heard.failure().message());
    }

    @Test void modulesCanBeImported() {
        Kernels.done(kernel, "import module java.sql;\nConnection none = null;");
        assertEquals(Optional.empty(), kernel.value("none"));
    }

    @Test void noNameThatJShellMadeUpIsShown() {
        Kernels.done(kernel, "record Box(Object in) { }\nObject box = new Box(1);");
        var heard = new Heard();
        Kernels.run(kernel, "((Runnable) box).run();", heard);
        assertTrue(heard.failure().message().startsWith("class Box cannot be cast to class java.lang.Runnable"), heard.failure().message());
        heard = new Heard();
        Kernels.run(kernel, "String nil = null;\nnil.length();", heard);
        assertTrue(!heard.failure().message().contains("REPL"), heard.failure().message());
    }

    private static List<String> labels(Completion completion) {
        return completion.options().stream().map(Completion.Option::label).toList();
    }

    private static String refusal(String variable) {
        return assertThrows(IllegalArgumentException.class, () -> kernel.value(variable)).getMessage();
    }
}

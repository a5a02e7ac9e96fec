package kernel.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Variables survive the edit of a cell above them, wherever the JVM lets them. */
@Timeout(60)
class RedefinitionTest {

    @Test void aVariableSurvivesAnotherBodyOfTheMethodThatMadeIt() {
        assertEquals(1, after("v", "int f() { return 1; }", "var v = f();", "int f() { return 2; }"));
        assertEquals(1, after("v", "int f() { return 1; }", "int v = f();", "int f() { return 2; }"));
    }

    @Test void aVariableSurvivesAMethodThatGetsALambda() {
        assertEquals(1, after("v", "int f() { return 1; }", "var v = f();", "int f() { return List.of(1, 2).stream().mapToInt(x -> x * 2).sum(); }"));
        assertEquals("[6]", after("text", "int f() { return 1; }", "var v = new ArrayList<Integer>();", "v.add(f());",
            "int f() { return List.of(1, 2).stream().mapToInt(x -> x * 2).sum(); }", "v.clear(); v.add(f());", "var text = v.toString();"));
    }

    @Test void aVariableSurvivesAnotherValueOfTheVariableItWasMadeFrom() {
        assertEquals("rst", after("dt1", "String dt = \"first\";", "var dt1 = dt.substring(2);", "String dt = \"override\";"));
        assertEquals("rst", after("dt1", "String dt = \"first\";", "String dt1 = dt.substring(2);", "var dt = 7;"));
    }

    @Test void aRecordSurvivesAnotherBodyOfItsMethod() {
        assertEquals("X", after("up", "record P(String n) { String up() { return n; } }", "P p = new P(\"x\");",
            "record P(String n) { String up() { return n.toUpperCase(); } }", "var up = p.up();"));
    }

    @Test void aListSurvivesALaterImport() {
        assertEquals("[1]", after("text", "import java.util.ArrayList;", "var acc = new ArrayList<Integer>();", "acc.add(1);", "import java.util.function.*;",
            "import java.sql.*;", "import java.util.*;", "var text = acc.toString();"));
    }

    @Test void whatCannotSurviveIsSaid() throws Exception {
        try (var kernel = Kernels.plain()) {
            for (var cell : new String[] {"record P(String n) { }", "P p = new P(\"x\");"}) {
                Kernels.done(kernel, cell);
            }
            var heard = Kernels.done(kernel, "record P(String n) { String up() { return n.toUpperCase(); } }");
            assertTrue(heard.printed().startsWith("p is empty now"), heard.printed());
            assertTrue(kernel.value("p").isEmpty());
            heard = Kernels.done(kernel, "record P(String n, int age) { }");
            assertTrue(heard.printed().startsWith("p is gone now"), heard.printed());
            assertTrue(kernel.variables().isEmpty());
        }
    }

    /** The value of a variable after these cells. */
    private static Object after(String variable, String... cells) {
        try (var kernel = Kernels.plain()) {
            for (var cell : cells) {
                Kernels.done(kernel, cell);
            }
            return kernel.value(variable).orElse("null");
        }
    }
}

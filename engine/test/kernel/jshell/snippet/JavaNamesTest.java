package kernel.jshell.snippet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which cells are stale is read from names. */
class JavaNamesTest {

    @Test void aCellDefinesItsVariablesMethodsAndTypes() {
        var names = JavaNames.of("""
            import java.util.*;
            var pool = new Pool(size);
            int twice(int x) { return x * factor; }
            record Point(int x, int y) { int sum() { return x + y + offset; } }
            pool.close();
            """);
        assertEquals(Set.of("pool", "twice", "Point"), names.defines());
        assertTrue(names.uses().containsAll(Set.of("Pool", "size", "factor", "offset")), names::toString);
        assertFalse(names.uses().stream().anyMatch(Set.of("x", "y", "pool", "sum")::contains), names::toString);
    }

    @Test void whatLivesInsideAStatementIsNobodyElses() {
        var names = JavaNames.of("""
            for (var c : connections) { c.close(); }
            Runnable r = () -> { int inside = 1; use(inside); };
            if (thing instanceof String s && s.isEmpty()) { s.length(); }
            try (var c = open()) { c.run(); } catch (Exception e) { e.printStackTrace(); }
            { int block = 1; }
            a + b
            """);
        assertEquals(Set.of("r"), names.defines());
        assertTrue(names.uses().containsAll(Set.of("connections", "use", "thing", "open", "a", "b")), names::toString);
        assertFalse(names.uses().stream().anyMatch(Set.of("c", "inside", "s", "e", "block")::contains), names::toString);
    }

    @Test void whatAVariableWasBeforeItIsDeclaredAgainIsUsed() {
        var names = JavaNames.of("var total = total + 1;");
        assertEquals(Set.of("total"), names.defines());
        assertTrue(names.uses().contains("total"));
    }

    @Test void aCellThatDoesNotCompileHasNamesToo() {
        assertTrue(JavaNames.of("var x = y +;").uses().contains("y"));
    }

    @Test void severalSnippetsAreReadTogetherAsEachIsReadAlone() {
        var snippets = List.of("var a = 1;", "int twice(int n) { return 2 * n; }", "var x = y +;", "record Point(int x) { }", "import java.util.List;", "a + b", "} }", "", "show(a);");
        var together = SnippetParser.parsed(snippets);
        for (int i = 0; i < snippets.size(); i++) {
            var alone = SnippetParser.parsed(snippets.get(i));
            assertEquals(alone.snippets().toString(), together.get(i).snippets().toString());
            assertEquals(alone.errors(), together.get(i).errors(), snippets.get(i));
        }
        assertEquals(List.of(), SnippetParser.parsed(List.of()));
    }
}

package grading.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A mutant of Java")
class JavaMutantsTest {
    @Test @DisplayName("lacks a statement, but no declaration and no return")
    void statements() {
        assertEquals(List.of("A.java:2 removes \"a(x);\"", "A.java:3 removes \"if (x == 0) { throw new E(\"no\"); }\"",
            "A.java:3 puts \"!=\" for \"==\"", "A.java:3 puts \"1\" for \"0\"", "A.java:3 removes \"throw new E(\"no\");\""),
            ids("int x = f();\na(x);\nif (x == 0) { throw new E(\"no\"); }\nreturn x;"));
    }

    @Test @DisplayName("reaches into the body of a lambda, as a block and as an expression")
    void lambdas() {
        assertTrue(ids("run(() -> { first(); second(); });").contains("A.java:1 removes \"first();\""));
        assertTrue(ids("list.filter(x -> x.a > 1 && x.b);").contains("A.java:1 puts \"||\" for \"&&\""));
    }

    @Test @DisplayName("of a text block changes the SQL where it stands, and names its line")
    void textBlock() {
        var mutants = mutants("var sql = \"\"\"\n    select a from t\n    where b is null -- not c > 1\n    order by d desc\n    \"\"\";");
        var dropped = mutants.stream().filter(m -> m.id().equals("A.java:3 removes \"where b is null\"")).findFirst().orElseThrow();
        assertTrue(dropped.text().contains("\n    select a from t\n     -- not c > 1\n    order by d desc\n    \"\"\";"), dropped.text());
        assertTrue(mutants.stream().anyMatch(m -> m.id().equals("A.java:4 puts \"asc\" for \"desc\"")));
        assertFalse(mutants.stream().anyMatch(m -> m.description().contains(">")));
    }

    @Test @DisplayName("of a string keeps its escapes")
    void escapes() {
        var texts = mutants("var sql = \"select \\\"a\\\" from t\\nwhere b = 'x\\\\y' limit 1\";").stream().map(Mutant::text).toList();
        assertTrue(texts.stream().anyMatch(t -> t.contains("\"select \\\"a\\\" from t\\nwhere b = 'x\\\\y' \"")), texts.toString());
    }

    @Test @DisplayName("leaves words for people alone")
    void words() {
        assertEquals(List.of("A.java:1 removes \"log(\"update of users or not\" + name);\""), ids("log(\"update of users or not\" + name);"));
        assertEquals(List.of("A.java:1 removes \"throw new E(\"select 1 from t where x > 1\", 3);\""), ids("throw new E(\"select 1 from t where x > 1\", 3);"));
    }

    @Test @DisplayName("keeps a connection open, catches nothing, or tidies nothing up")
    void tries() {
        var texts = mutants("try (var c = pool.get(); var s = c.prepareStatement(q)) { work(); } catch (E e) { undo(); throw e; } finally { end(); }")
            .stream().map(mutant -> mutant.text().replaceAll("\\s+", " ")).toList();
        assertTrue(texts.stream().anyMatch(t -> t.contains("{ var c = pool.get(); try (var s = c.prepareStatement(q)) { work(); } catch")), texts.toString());
        assertTrue(texts.stream().anyMatch(t -> t.contains("{ work(); } finally { end(); }")), texts.toString());
        assertTrue(texts.stream().anyMatch(t -> t.contains("throw e; } }")), texts.toString());
        assertFalse(texts.stream().anyMatch(t -> t.contains("{ var s")), texts.toString());
    }

    @Test @DisplayName("subtracts numbers, and never strings")
    void sums() {
        assertTrue(ids("x = a + b;").contains("A.java:1 puts \"-\" for \"+\""));
        assertFalse(ids("x = \"a\" + b + c;").contains("A.java:1 puts \"-\" for \"+\""));
    }

    @Test @DisplayName("waits no time, counts one more, and knows no SQLSTATE; columns stay what they are")
    void numbers() {
        assertEquals(List.of("A.java:1 removes \"s.setLong(1, 2);\"", "A.java:1 puts \"3\" for \"2\"", "A.java:2 removes \"f(ofSeconds(5), 100, 0);\"",
            "A.java:2 puts \"0\" for \"5\"", "A.java:2 puts \"0\" for \"100\"", "A.java:2 puts \"1\" for \"0\"",
            "A.java:3 puts \"s.equals(\"40P01\")\" for \"!s.equals(\"40P01\")\"", "A.java:3 puts \"00000\" for \"40P01\""),
            ids("s.setLong(1, 2);\nf(ofSeconds(5), 100, 0);\nwhile (!s.equals(\"40P01\")) { }"));
    }

    @Test @DisplayName("has a name of its own and a text of its own, the same each time")
    void names() {
        var source = "a(true, true);\nif (x) { b(); } else { b(); }";
        var mutants = mutants(source);
        assertEquals(mutants, mutants(source));
        assertEquals(mutants.size(), new HashSet<>(mutants.stream().map(Mutant::id).toList()).size());
        assertEquals(mutants.size(), new HashSet<>(mutants.stream().map(Mutant::text).toList()).size());
        assertTrue(ids(source).contains("A.java:1 puts \"false\" for \"true\" (2)"));
    }

    private static List<String> ids(String body) {
        return mutants(body).stream().map(Mutant::id).toList();
    }

    private static List<Mutant> mutants(String body) {
        return Mutants.of("A.java", "class A { Object f(Object q) throws Exception { " + body + " } }");
    }
}

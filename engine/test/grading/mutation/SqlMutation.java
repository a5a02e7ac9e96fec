package grading.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

/** What is asked of the mutants of a text of SQL. */
final class SqlMutation {
    private SqlMutation() { }

    /** These are all of them, but for one without any text. */
    static void mutates(String text, String... expected) {
        var wanted = Arrays.stream(expected).sorted().toList();
        var found = texts(text).stream().filter(t -> !t.isBlank()).sorted().toList();
        assertEquals(String.join("\n", wanted), String.join("\n", found));
    }

    static void assertContains(String text, String... parts) {
        var texts = texts(text);
        for (var part : parts) {
            assertTrue(texts.stream().anyMatch(t -> t.contains(part)), part + " in " + texts);
        }
    }

    static List<String> texts(String text) {
        return Mutants.of("a.sql", text).stream().map(Mutant::text).toList();
    }
}

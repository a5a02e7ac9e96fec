package kernel.jshell.snippet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.execution.LocalExecutionControlProvider;

/**
 * What a piece of Java has to do with its neighbours.
 *
 * @param defines names of variables, methods and types that stay after the cell
 * @param uses    names that it takes from elsewhere
 */
public record JavaNames(Set<String> defines, Set<String> uses) {
    private static final int MAX_KNOWN = 200;

    /** Splits only; nothing ever runs there. */
    private static final class Splitting {
        static final JShell SHELL = JShell.builder().executionEngine(new LocalExecutionControlProvider(), Map.of()).build();
    }

    /** What was read lately: a cell that runs again is mostly the same. */
    private static final Map<String, JavaNames> KNOWN = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override protected boolean removeEldestEntry(Map.Entry<String, JavaNames> eldest) {
            return size() > MAX_KNOWN;
        }
    });

    /** Reads a cell, whether it compiles or not. */
    public static JavaNames of(String cell) {
        return Optional.ofNullable(KNOWN.get(cell)).orElseGet(() -> {
            var names = read(cell);
            KNOWN.put(cell, names);
            return names;
        });
    }

    private static JavaNames read(String cell) {
        var scan = new JavaNameScanner();
        SnippetParser.parsed(pieces(cell).stream().map(SnippetText::source).toList()).forEach(parsed -> parsed.snippets().forEach(scan::snippet));
        return scan.names();
    }

    /** The snippets of a cell, as JShell splits it. */
    static List<SnippetText> pieces(String cell) {
        synchronized (Splitting.class) {
            return SnippetText.of(Splitting.SHELL.sourceCodeAnalysis(), cell);
        }
    }
}

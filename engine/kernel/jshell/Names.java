package kernel.jshell;

import java.util.Map;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.execution.LocalExecutionControlProvider;

/**
 * What a piece of Java has to do with its neighbours.
 *
 * @param defines names of variables, methods and types that stay behind
 * @param uses    names that it takes from elsewhere
 */
public record Names(Set<String> defines, Set<String> uses) {
    /** Splits only; nothing ever runs there. */
    private static final class Splitting {
        static final JShell SHELL = JShell.builder().executionEngine(new LocalExecutionControlProvider(), Map.of()).build();
    }

    /** Reads a cell, whether it compiles or not. */
    public static Names of(String cell) {
        var scan = new NameScan();
        synchronized (Splitting.class) {
            Piece.of(Splitting.SHELL.sourceCodeAnalysis(), cell).forEach(piece -> Parsing.snippets(piece.source()).forEach(scan::snippet));
        }
        return scan.names();
    }
}

package kernel.sql.syntax;

import java.util.Locale;
import java.util.Set;

/**
 * Hears the words of one statement and knows whether it is inside of {@code begin atomic … end} of a function or
 * procedure, where semicolons end nothing. Elsewhere {@code begin} opens a transaction, and {@code end} closes it.
 */
final class RoutineBody {
    private static final Set<String> ROUTINE = Set.of("function", "procedure");
    private static final Set<String> BEFORE_ROUTINE = Set.of("create", "or", "replace");
    private boolean first = true;
    private boolean creates;
    private boolean isRoutine;
    private int depth;

    void word(String word) {
        var lower = word.toLowerCase(Locale.ROOT);
        if (first) {
            creates = lower.equals("create");
        } else if (creates && !BEFORE_ROUTINE.contains(lower)) {
            isRoutine = ROUTINE.contains(lower);
            creates = false;
        }
        first = false;
        if (isRoutine) {
            count(lower);
        }
    }

    private void count(String word) {
        switch (word) {
            case "begin" -> depth++;
            case "case" -> depth += depth > 0 ? 1 : 0;
            case "end" -> depth = Math.max(0, depth - 1);
            default -> { }
        }
    }

    boolean isOpen() {
        return depth > 0;
    }
}

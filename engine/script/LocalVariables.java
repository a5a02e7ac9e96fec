package script;

import java.util.Set;

/**
 * Where the woven calls of a lesson's program leave its local variables, so that a Java prompt can offer the very pool
 * and the very connection that the lesson is using.
 */
public final class LocalVariables {
    private static final Set<String> BORING = Set.of("this", "args");

    private LocalVariables() { }

    /** Called by woven code only: name, type and value of each variable, one after the other. */
    public static void remember(Object[] variables) {
        if (!LessonRun.isRunning()) {
            return;
        }
        var known = LessonRun.current().variables();
        for (int i = 0; i < variables.length; i += 3) {
            if (!BORING.contains((String) variables[i])) {
                known.put((String) variables[i], new LessonRun.Variable((String) variables[i + 1], variables[i + 2]));
            }
        }
    }
}

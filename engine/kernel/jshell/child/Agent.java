package kernel.jshell.child;

import java.lang.instrument.Instrumentation;
import java.util.Optional;

/** Loaded by the JVM beside the main class: the only way to redefine a class, so that variables survive an edit. */
public final class Agent {
    private static volatile Instrumentation instrumentation;

    private Agent() { }

    /** Called by the JVM. */
    public static void agentmain(String arguments, Instrumentation ofThisJvm) {
        instrumentation = ofThisJvm;
    }

    static Optional<Instrumentation> instrumentation() {
        return Optional.ofNullable(instrumentation);
    }
}

package kernel.jshell.child;

/** Asked by the code of snippets whether it is to stop; {@link StopWeaver} puts the question into it. */
public final class StopFlag {
    private static volatile boolean isSet;

    private StopFlag() { }

    /** Called by code of snippets at the start of each method and before each jump back. */
    @SuppressWarnings("removal")
    public static void check() {
        if (isSet) {
            throw new ThreadDeath();
        }
    }

    static void set() {
        isSet = true;
    }

    static void clear() {
        isSet = false;
    }
}

package kernel.jshell.child;

/** Where woven code asks whether it is to go on. */
public final class StopFlag {
    private static volatile boolean asked;

    private StopFlag() { }

    /** Called by woven code at the start of each method and before each jump back. */
    @SuppressWarnings("removal")
    public static void check() {
        if (asked) {
            throw new ThreadDeath();
        }
    }

    static void ask() {
        asked = true;
    }

    static void forget() {
        asked = false;
    }
}

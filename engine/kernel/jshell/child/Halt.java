package kernel.jshell.child;

/** Where woven code asks whether it is to go on. */
public final class Halt {
    private static volatile boolean asked;

    private Halt() { }

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

package grading.worker;

/** Loads what every verification needs, before the first one asks for it. */
final class Rehearsal {
    private Rehearsal() { }

    static void loadJUnit() {
        try {
            Class.forName(Verification.class.getName());
        } catch (ClassNotFoundException e) {
            throw new AssertionError("a class of the course is missing", e);
        }
    }
}

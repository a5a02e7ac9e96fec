package grading.report;

/** Text that a person is to read, cut in the middle where it is longer than that: how it ends often says most. */
final class BoundedText {
    private static final int MAX_CHARACTERS = 2_000;
    /** At either end: with the note between them it is short enough, so that what is cut is not cut again. */
    private static final int KEPT = MAX_CHARACTERS / 2 - 30;

    private BoundedText() { }

    static String of(String text) {
        if (text.length() <= MAX_CHARACTERS) {
            return text;
        }
        var beginning = KEPT - (Character.isHighSurrogate(text.charAt(KEPT - 1)) ? 1 : 0);
        var end = text.length() - KEPT;
        end += Character.isLowSurrogate(text.charAt(end)) ? 1 : 0;
        return text.substring(0, beginning) + " … (" + (end - beginning) + " characters left out) … " + text.substring(end);
    }
}

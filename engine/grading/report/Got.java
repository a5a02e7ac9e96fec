package grading.report;

/**
 * What a check got.
 *
 * @param text   all of it
 * @param figure the one thing to look at: "101 pages" of a plan, else all of it
 * @param plan   the plan that the figure is of, a tree with a node a line; empty where there is none
 */
public record Got(String text, String figure, String plan) {
    private static final int MAX_CHARACTERS = 2_000;
    /** At either end: with the note between them it is short enough, so that what is cut is not cut again. */
    private static final int KEPT = MAX_CHARACTERS / 2 - 30;

    /** Bounds what an answer may have made as long as it likes. */
    public Got {
        text = bounded(text);
        figure = bounded(figure);
        plan = bounded(plan);
    }

    /** Something that is no plan. */
    public static Got of(String text) {
        return new Got(text, text, "");
    }

    /** Cut in the middle where it is longer than that: how it ends often says most. */
    static String bounded(String text) {
        if (text.length() <= MAX_CHARACTERS) {
            return text;
        }
        var beginning = KEPT - (Character.isHighSurrogate(text.charAt(KEPT - 1)) ? 1 : 0);
        var end = text.length() - KEPT;
        end += Character.isLowSurrogate(text.charAt(end)) ? 1 : 0;
        return text.substring(0, beginning) + " … (" + (end - beginning) + " characters left out) … " + text.substring(end);
    }
}

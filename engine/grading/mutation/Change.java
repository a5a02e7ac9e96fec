package grading.mutation;

/**
 * One edit of a text.
 *
 * @param start       offset of the first character that goes
 * @param end         behind the last character that goes
 * @param replacement what comes in their place
 * @param kind        the rule that made it, so that a choice can be spread over rules
 * @param words       what it does, for a person
 */
record Change(int start, int end, String replacement, String kind, String words) {
    private static final int LONGEST = 60;

    static Change remove(String text, int start, int end, String kind) {
        return new Change(start, end, "", kind, "removes " + quoted(text.substring(start, end)));
    }

    static Change put(String text, int start, int end, String replacement, String kind) {
        return new Change(start, end, replacement, kind, "puts " + quoted(replacement) + " for " + quoted(text.substring(start, end)));
    }

    String applied(String text) {
        return text.substring(0, start) + replacement + text.substring(end);
    }

    /** The same edit of a text in which this one's begins at {@code offset}. */
    Change at(int offset) {
        return new Change(start + offset, end + offset, replacement, kind, words);
    }

    private static String quoted(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        if (line.startsWith("\"") && line.length() <= LONGEST) {
            return line;
        }
        return '"' + (line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1).strip() + "…") + '"';
    }
}

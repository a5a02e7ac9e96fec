package grading.mutation;

/**
 * One edit of a text.
 *
 * @param start       offset of the first character that goes
 * @param end         after the last character that goes
 * @param replacement what comes in their place
 * @param rule        what made it, so that a choice can be spread over rules
 * @param description what it does, for a person
 */
record Change(int start, int end, String replacement, String rule, String description) {
    private static final int MAX_LENGTH = 60;

    static Change remove(String text, int start, int end, String kind) {
        return new Change(start, end, "", kind, "removes " + quoted(text.substring(start, end)));
    }

    static Change replace(String text, int start, int end, String replacement, String kind) {
        return new Change(start, end, replacement, kind, "puts " + quoted(replacement) + " for " + quoted(text.substring(start, end)));
    }

    String applied(String text) {
        return text.substring(0, start) + replacement + text.substring(end);
    }

    /** The same edit of a text in which this one's begins at {@code offset}. */
    Change at(int offset) {
        return new Change(start + offset, end + offset, replacement, rule, description);
    }

    private static String quoted(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        if (line.startsWith("\"") && line.length() <= MAX_LENGTH) {
            return line;
        }
        return '"' + (line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 1).strip() + "…") + '"';
    }
}

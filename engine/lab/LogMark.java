package lab;

import java.util.List;
import java.util.UUID;

/**
 * A line of ours in a server's log. What stands between two of them was written while something happened; all of it is there when
 * the second one is.
 *
 * @param text which nobody else writes
 */
public record LogMark(String text) {
    /** A new one, which is in no log yet. */
    public static LogMark create() {
        return new LogMark("mark " + UUID.randomUUID());
    }

    /** The statement that writes it into the log. PostgreSQL writes the mark, and below it this statement. */
    public String statement() {
        return "do $$ begin raise log '" + text + "'; end $$";
    }

    /** Whether it is among these lines. */
    public boolean isIn(List<String> lines) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }

    /** The lines from after the first mark to before the last; where the last is not there, to the end. */
    public static List<String> between(List<String> lines, LogMark first, LogMark last) {
        var from = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(first.text)) {
                from = i + 1;
            }
            if (lines.get(i).contains(last.text)) {
                return List.copyOf(lines.subList(from, i));
            }
        }
        return List.copyOf(lines);
    }
}

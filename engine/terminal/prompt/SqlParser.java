package terminal.prompt;

import java.util.List;
import java.util.Optional;
import kernel.sql.syntax.SqlStatements;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line editor when a statement is complete, and which word is being typed. */
final class SqlParser implements Parser {
    @Override public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !SqlStatements.of(line).isComplete() && Typed.of(line).command().isEmpty()) {
            throw new EOFError(-1, -1, "no semicolon yet");
        }
        return Word.at(line, cursor);
    }

    /**
     * What was typed, perhaps over several lines.
     *
     * @param statements with or without the last semicolon
     * @param command    one of psql's, alone on the last line: whoever types {@code \q} after a forgotten semicolon wants to leave
     */
    record Typed(String statements, Optional<String> command) {
        static Typed of(String text) {
            var end = text.stripTrailing().lastIndexOf('\n') + 1;
            var last = text.substring(end).strip();
            var before = text.substring(0, end).strip();
            return last.startsWith("\\") && isOutsideOfQuotes(before) ? new Typed(before, Optional.of(last)) : new Typed(text, Optional.empty());
        }

        /** Then a semicolon would end it, parentheses aside. */
        private static boolean isOutsideOfQuotes(String statement) {
            return SqlStatements.of(statement + "\n" + ")".repeat(statement.length()) + ";").isComplete();
        }
    }

    @Override public boolean isEscapeChar(char character) {
        return false;
    }

    /** The identifier before the cursor. */
    record Word(String line, int cursor, String word) implements ParsedLine {
        static Word at(String line, int cursor) {
            var start = cursor;
            while (start > 0 && isPart(line.charAt(start - 1))) {
                start--;
            }
            return new Word(line, cursor, line.substring(start, cursor));
        }

        private static boolean isPart(char character) {
            return Character.isJavaIdentifierPart(character) || character == '\\';
        }

        @Override public int wordCursor() {
            return word.length();
        }

        @Override public int wordIndex() {
            return 0;
        }

        @Override public List<String> words() {
            return List.of(word);
        }
    }
}

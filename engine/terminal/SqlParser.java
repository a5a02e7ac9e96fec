package terminal;

import java.util.List;
import kernel.SqlStatements;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line editor when a statement is complete, and which word is being typed. */
final class SqlParser implements Parser {
    @Override public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !line.strip().startsWith("\\") && !SqlStatements.of(line).isComplete()) {
            throw new EOFError(-1, -1, "no semicolon yet");
        }
        return Word.at(line, cursor);
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

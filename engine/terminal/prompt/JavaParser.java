package terminal.prompt;

import jdk.jshell.SourceCodeAnalysis;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line editor whether a snippet is complete, as JShell sees it. */
final class JavaParser implements Parser {
    private final SourceCodeAnalysis analysis;

    JavaParser(SourceCodeAnalysis analysis) {
        this.analysis = analysis;
    }

    @Override public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !line.strip().startsWith("/") && isIncomplete(line)) {
            throw new EOFError(-1, -1, "the snippet goes on");
        }
        return SqlParser.Word.at(line, cursor);
    }

    private boolean isIncomplete(String line) {
        var rest = line;
        while (!rest.isBlank()) {
            var next = analysis.analyzeCompletion(rest);
            switch (next.completeness()) {
                case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> { return true; }
                case COMPLETE -> rest = next.remaining();
                default -> { return false; }
            }
        }
        return false;
    }

    @Override public boolean isEscapeChar(char character) {
        return false;
    }
}

package terminal.prompt;

import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** What JShell would offer at the cursor. */
final class JavaCompleter implements Completer {
    private static final int MAX_CANDIDATES = 300;
    private final SourceCodeAnalysis analysis;

    JavaCompleter(SourceCodeAnalysis analysis) {
        this.analysis = analysis;
    }

    @Override public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line.line().startsWith("/")) {
            List.of("vars", "help", "exit").forEach(name -> candidates.add(new Candidate(name)));
            return;
        }
        var anchor = new int[1];
        var suggestions = analysis.completionSuggestions(line.line(), line.cursor(), anchor);
        var start = line.cursor() - line.word().length();
        if (anchor[0] > line.cursor() || anchor[0] < start) {
            return;
        }
        var kept = line.line().substring(start, anchor[0]);
        suggestions.stream().map(SourceCodeAnalysis.Suggestion::continuation).distinct().limit(MAX_CANDIDATES)
            .forEach(text -> candidates.add(new Candidate(kept + text, text, null, null, null, null, false)));
    }
}

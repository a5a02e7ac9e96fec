package terminal.prompt;

import java.util.List;
import kernel.cell.Completion;
import kernel.sql.completion.Catalog;
import kernel.sql.completion.SqlCompletion;
import lab.Database;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes the prompt's commands, and SQL as the notebook does. */
final class SqlCompleter implements Completer {
    private final Catalog catalog;
    private final SqlCompletion completion;

    SqlCompleter(Database database) {
        this.catalog = new Catalog(database.admin());
        this.completion = new SqlCompletion(catalog, List::of);
    }

    /** Something ran that may have changed the catalog. */
    void forget() {
        catalog.forget();
    }

    @Override public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line.word().startsWith("\\")) {
            SqlCommands.NAMES.forEach(name -> candidates.add(new Candidate(name, name, null, "command", null, null, false, 1)));
            return;
        }
        var rank = 0;
        for (var option : completion.at(line.line(), line.cursor()).options()) {
            candidates.add(candidate(option, rank++));
        }
    }

    private static Candidate candidate(Completion.Option option, int rank) {
        var kind = option.type().equals("keyword") ? null : option.type();
        return new Candidate(option.label(), option.label(), null, kind, null, null, false, rank);
    }
}

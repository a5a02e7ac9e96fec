package terminal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kernel.Output;
import kernel.Tables;
import lab.Database;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes keywords, tables and columns; behind {@code alias.} only the columns of that table. */
final class SqlCompleter implements Completer {
    private static final String COLUMNS = """
        select c.relname, a.attname
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
        where c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped
          and (n.nspname !~ '^pg_' and n.nspname <> 'information_schema' or c.relname in ('pg_stat_activity', 'pg_locks', 'pg_settings'))
        order by 1, a.attnum
        limit 200
        """;
    private final Database database;
    private Map<String, List<String>> columns = Map.of();

    SqlCompleter(Database database) {
        this.database = database;
    }

    /** Something ran that may have changed the catalog. */
    void forget() {
        columns = Map.of();
    }

    @Override public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        var before = line.line().substring(0, line.cursor() - line.word().length());
        if (before.endsWith(".")) {
            columnsOf(before, line.line()).forEach(column -> add(candidates, column, "column", 1));
            return;
        }
        if (line.word().startsWith("\\")) {
            SqlCommands.NAMES.forEach(name -> add(candidates, name, "command", 1));
            return;
        }
        catalog().forEach((table, names) -> {
            add(candidates, table, "table", 1);
            names.forEach(column -> add(candidates, column, "column", 2));
        });
        SqlWords.KEYWORDS.forEach(word -> add(candidates, cased(word, line.word()), "keyword", 3));
        SqlWords.FUNCTIONS.forEach(word -> add(candidates, word, "function", 4));
    }

    private List<String> columnsOf(String before, String line) {
        var name = SqlParser.Word.at(before, before.length() - 1).word();
        if (catalog().containsKey(name)) {
            return catalog().get(name);
        }
        var named = Pattern.compile("(?i)\\b(?:from|join|update|into)\\s+(?:\\w+\\.)?(\\w+)\\s+(?:as\\s+)?" + Pattern.quote(name) + "\\b").matcher(line);
        if (named.find() && catalog().containsKey(named.group(1))) {
            return catalog().get(named.group(1));
        }
        return catalog().values().stream().flatMap(List::stream).distinct().toList(); // its table is not typed yet
    }

    private Map<String, List<String>> catalog() {
        if (columns.isEmpty()) {
            columns = read();
        }
        return columns;
    }

    /** On a connection of its own: that of the prompt may be in a failed transaction. */
    private Map<String, List<String>> read() {
        var found = new LinkedHashMap<String, List<String>>();
        try (var connection = database.app().connect(); var statement = connection.createStatement();
             var result = statement.executeQuery(COLUMNS)) {
            Output.Table table = Tables.of(result);
            table.rows().forEach(row -> found.computeIfAbsent(row.get(0).orElseThrow(), t -> new ArrayList<>()).add(row.get(1).orElseThrow()));
            return found;
        } catch (SQLException e) {
            return found; // no names to offer; the statement itself will say what is wrong
        }
    }

    private static void add(List<Candidate> candidates, String value, String kind, int sort) {
        candidates.add(new Candidate(value, value, null, kind.equals("keyword") ? null : kind, null, null, false, sort));
    }

    /** Keywords in the case in which the learner types. */
    private static String cased(String word, String typed) {
        return !typed.isEmpty() && typed.equals(typed.toUpperCase(java.util.Locale.ROOT)) ? word.toUpperCase(java.util.Locale.ROOT) : word;
    }
}

package kernel.sql.completion;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import kernel.cell.Completion;
import kernel.cell.Completion.Option;
import kernel.sql.completion.DatabaseNames.Relation;
import kernel.sql.syntax.SqlKeywords;
import kernel.sql.syntax.SqlScanner;
import kernel.sql.syntax.SqlStatements;
import kernel.sql.syntax.SqlToken;

/**
 * What could stand at the cursor of SQL text: after a dot the columns of that table, where a table is to be named the tables, else
 * the columns of the statement's tables, functions and keywords; within {@code {{ }}} the Java variables.
 */
public final class SqlCompletion {
    private static final int MAX_OPTIONS = 100;
    private static final int LETTERS_FOR_SYSTEM = 2;
    private final Catalog catalog;
    private final Supplier<List<String>> variables;

    /** @param variables the names of the Java variables at the moment of the question */
    public SqlCompletion(Catalog catalog, Supplier<List<String>> variables) {
        this.catalog = catalog;
        this.variables = variables;
    }

    /** @param cursor offset in the text, which may hold several statements */
    public Completion at(String text, int cursor) {
        var end = Math.clamp(cursor, 0, text.length());
        var quoted = SqlToken.openIdentifier(text.substring(0, end));
        if (quoted.isPresent()) {
            return quoted(text, quoted.getAsInt(), end);
        }
        var from = wordStart(text, end);
        var word = text.substring(from, end);
        if (text.substring(0, from).stripTrailing().endsWith("{{")) {
            return new Completion(from, starting(word, variables.get().stream().map(name -> new Option(name, "variable", "")).toList()));
        }
        if (SqlScanner.tokens(text).stream().anyMatch(token -> token.quotes(from))) {
            return Completion.NONE;
        }
        return new Completion(from, starting(word, options(text, from, end, word)));
    }

    /** Names that need their quotes or may have them. An editor may have put the second quote behind the cursor already. */
    private Completion quoted(String text, int from, int end) {
        var isClosed = text.startsWith("\"", end);
        var others = text.substring(0, from) + text.substring(end + (isClosed ? 1 : 0));
        var word = text.substring(from + 1, end);
        var names = options(others, from, from, word).stream().filter(option -> !Set.of("keyword", "function").contains(option.type()))
            .map(option -> new Option(quoted(option.label(), isClosed), option.type(), option.detail())).toList();
        var inThisCase = names.stream().filter(option -> option.label().startsWith("\"" + word)).toList();
        return new Completion(from, starting(word, inThisCase.isEmpty() ? names : inThisCase));
    }

    private static String quoted(String name, boolean isClosed) {
        var quoted = name.startsWith("\"") ? name : '"' + name + '"';
        return isClosed ? quoted.substring(0, quoted.length() - 1) : quoted;
    }

    private List<Option> options(String text, int from, int end, String word) {
        var starts = SqlStatements.of(text).starts();
        var start = starts.stream().filter(at -> at <= from).reduce(0, (a, b) -> b);
        var after = starts.stream().filter(at -> at > from).findFirst().orElse(text.length());
        var before = StatementWords.of(text.substring(start, from));
        var statement = StatementWords.of(text.substring(start, from) + " " + text.substring(end, Math.max(end, after)));
        var names = catalog.names();
        if (!before.qualifier().isEmpty()) {
            return afterDot(names, statement, before.qualifier());
        }
        var options = new ArrayList<Option>();
        if (before.endBeforeTable()) {
            tables(names, word, options);
            names.schemas().forEach(schema -> options.add(new Option(DatabaseNames.written(schema), "schema", "")));
            return options;
        }
        statement.used().forEach(used -> names.relation(used.schema(), used.table()).ifPresent(relation -> columns(relation, options)));
        statement.used().stream().filter(used -> !used.name().equals(used.table()))
            .forEach(used -> options.add(new Option(DatabaseNames.written(used.name()), "alias", used.table())));
        if (!word.isEmpty() || statement.used().isEmpty()) {
            SqlKeywords.KEYWORDS.forEach(keyword -> options.add(new Option(inCaseOf(keyword, word), "keyword", "")));
            functions(names, word, options);
            tables(names, word, options);
        }
        return options;
    }

    private static List<Option> afterDot(DatabaseNames names, StatementWords statement, String qualifier) {
        var options = new ArrayList<Option>();
        statement.used().stream().filter(used -> used.name().equals(qualifier)).findFirst()
            .flatMap(used -> names.relation(used.schema(), used.table()))
            .or(() -> names.relation("", qualifier)).ifPresent(relation -> columns(relation, options));
        names.relations().stream().filter(relation -> relation.schema().equals(qualifier)).forEach(relation -> options.add(option(relation)));
        names.functions().stream().filter(function -> function.schema().equals(qualifier) && !qualifier.equals("pg_catalog"))
            .forEach(function -> options.add(new Option(DatabaseNames.written(function.name()), "function", function.arguments())));
        return options;
    }

    private static void columns(Relation relation, List<Option> options) {
        relation.columns().forEach(column -> options.add(new Option(DatabaseNames.written(column.name()), "column", column.type())));
    }

    private static void tables(DatabaseNames names, String word, List<Option> options) {
        names.relations().stream().filter(relation -> !relation.isOfSystem() || word.length() >= LETTERS_FOR_SYSTEM && relation.schema().equals("pg_catalog"))
            .forEach(relation -> options.add(option(relation)));
    }

    private static Option option(Relation relation) {
        return new Option(DatabaseNames.written(relation.name()), relation.kind(), relation.schema());
    }

    private static void functions(DatabaseNames names, String word, List<Option> options) {
        SqlKeywords.FUNCTIONS.forEach(name -> options.add(new Option(name, "function", arguments(names, name))));
        names.functions().stream().filter(function -> !function.schema().equals("pg_catalog") || word.length() >= LETTERS_FOR_SYSTEM)
            .forEach(function -> options.add(new Option(DatabaseNames.written(function.name()), "function", function.arguments())));
    }

    private static String arguments(DatabaseNames names, String function) {
        return names.functions().stream().filter(known -> known.name().equals(function)).findFirst().map(DatabaseNames.Function::arguments).orElse("");
    }

    private static List<Option> starting(String word, List<Option> options) {
        var typed = word.toLowerCase(Locale.ROOT);
        Set<String> seen = new LinkedHashSet<>();
        return options.stream().filter(option -> option.label().toLowerCase(Locale.ROOT).replaceFirst("^\"", "").startsWith(typed))
            .filter(option -> seen.add(option.label())).limit(MAX_OPTIONS).toList();
    }

    private static int wordStart(String text, int end) {
        var start = end;
        while (start > 0 && Character.isJavaIdentifierPart(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** Keywords in the case in which the learner types. */
    private static String inCaseOf(String word, String typed) {
        return !typed.isEmpty() && typed.equals(typed.toUpperCase(Locale.ROOT)) ? word.toUpperCase(Locale.ROOT) : word;
    }
}

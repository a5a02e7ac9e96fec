package kernel.sql.syntax;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import kernel.sql.syntax.SqlToken.Kind;

/** Walks through SQL word by word and takes down what gets a name. */
final class CreatedNamesReader {
    private static final Set<String> KINDS = Set.of("table", "view", "index", "sequence", "schema", "type", "domain", "function", "procedure", "aggregate",
        "trigger", "rule", "role", "user", "group", "policy", "extension", "publication", "subscription", "server", "database", "statistics", "collation",
        "configuration", "dictionary", "parser", "tablespace", "conversion", "wrapper", "method");
    private static final int WORDS_BEFORE_KIND = 5;
    private static final Set<String> NO_COLUMN = Set.of("constraint", "primary", "unique", "check", "foreign", "like", "exclude", "value", "table", "generated",
        "not");
    private static final int WORDS_OF_CURSOR = 5;
    private final List<SqlToken> tokens;
    private final Set<SqlName> objects = new LinkedHashSet<>();
    private final Set<String> columns = new LinkedHashSet<>();

    CreatedNamesReader(String sql) {
        this.tokens = SqlScanner.tokens(sql).stream().filter(token -> !token.isComment()).toList();
    }

    CreatedNames created() {
        for (int i = 0; i < tokens.size(); i++) {
            switch (tokens.get(i).kind()) {
                case WORD -> word(i);
                case DOLLAR_STRING -> body(tokens.get(i).text());
                default -> { }
            }
        }
        return new CreatedNames(Set.copyOf(objects), Set.copyOf(columns));
    }

    /** Of a function, or of {@code do}. */
    private void body(String quoted) {
        var tag = quoted.indexOf('$', 1) + 1;
        var inner = CreatedNames.of(quoted.substring(tag, Math.max(tag, quoted.length() - tag)));
        objects.addAll(inner.objects());
        columns.addAll(inner.columns());
    }

    private void word(int i) {
        switch (tokens.get(i).text()) {
            case "create" -> created(i + 1);
            case "add" -> added(skip(skip(i + 1, "column"), "if", "not", "exists"));
            case "rename" -> renamed(i + 1);
            case "prepare" -> prepared(i + 1);
            case "savepoint" -> {
                if (!is(i - 1, "to") && !is(i - 1, "release")) {
                    named(i + 1);
                }
            }
            case "declare" -> {
                if (tokens.subList(i, Math.min(tokens.size(), i + WORDS_OF_CURSOR)).stream().anyMatch(token -> token.is("cursor"))) {
                    named(i + 1);
                }
            }
            case "set" -> setting(skip(skip(i + 1, "session"), "local"));
            case "set_config" -> {
                if (i + 2 < tokens.size() && tokens.get(i + 2).kind() == Kind.STRING) {
                    objects.add(SqlName.of(content(tokens.get(i + 2))));
                }
            }
            default -> { }
        }
    }

    private void created(int from) {
        for (int i = from; i < Math.min(tokens.size(), from + WORDS_BEFORE_KIND); i++) {
            if (KINDS.contains(tokens.get(i).text())) {
                var at = skip(skip(skip(i + 1, "concurrently"), "if", "not", "exists"), "authorization");
                if (!is(at, "on") && !is(at, "for")) {
                    named(at);
                    columns(after(at));
                }
                return;
            }
        }
    }

    private void columns(int open) {
        if (open >= tokens.size() || tokens.get(open).kind() != Kind.OPEN) {
            return;
        }
        var depth = tokens.get(open).depth() + 1;
        for (int i = open; i + 1 < tokens.size() && !(tokens.get(i).kind() == Kind.CLOSE && tokens.get(i).depth() < depth); i++) {
            var begins = i == open || tokens.get(i).kind() == Kind.COMMA && tokens.get(i).depth() == depth;
            if (begins && isName(i + 1) && !NO_COLUMN.contains(tokens.get(i + 1).text())) {
                columns.add(part(tokens.get(i + 1)));
            }
        }
    }

    private void added(int at) {
        if (is(at, "constraint")) {
            named(at + 1);
        } else if (at < tokens.size() && !NO_COLUMN.contains(tokens.get(at).text())) {
            named(at);
        }
    }

    private void renamed(int from) {
        for (int i = from; i < Math.min(tokens.size(), from + 4); i++) {
            if (is(i, "to")) {
                named(i + 1);
                return;
            }
        }
    }

    private void prepared(int at) {
        if (!is(at, "transaction")) {
            named(at);
        } else if (at + 1 < tokens.size() && tokens.get(at + 1).kind() == Kind.STRING) {
            objects.add(SqlName.of(content(tokens.get(at + 1))));
        }
    }

    /** The settings that PostgreSQL knows are always there; a setting with a dot is one of the course's own. */
    private void setting(int at) {
        if (after(at) > at + 1) {
            named(at);
        }
    }

    private void named(int at) {
        if (isName(at)) {
            objects.add(name(at));
        }
    }

    private SqlName name(int at) {
        var parts = new ArrayList<String>();
        for (int i = at; i < after(at); i += 2) {
            parts.add(part(tokens.get(i)));
        }
        return new SqlName(parts);
    }

    /** Where a name with its dots ends that begins here; the same place where none does. */
    private int after(int at) {
        var end = isName(at) ? at + 1 : at;
        while (end > at && is(end, ".") && isName(end + 1)) {
            end += 2;
        }
        return end;
    }

    private int skip(int at, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!is(at + i, words[i])) {
                return at;
            }
        }
        return at + words.length;
    }

    private boolean isName(int at) {
        return at < tokens.size() && (tokens.get(at).kind() == Kind.WORD || tokens.get(at).kind() == Kind.QUOTED_IDENTIFIER);
    }

    private boolean is(int at, String word) {
        return at >= 0 && at < tokens.size() && tokens.get(at).is(word);
    }

    /** All names with their dots, keywords included. */
    Set<SqlName> mentioned() {
        var names = new LinkedHashSet<SqlName>();
        for (int i = 0; i < tokens.size(); i = Math.max(i + 1, after(i))) {
            if (isName(i)) {
                names.add(name(i));
            } else if (tokens.get(i).kind() == Kind.DOLLAR_STRING) {
                names.addAll(new CreatedNamesReader(tokens.get(i).text().replace('$', ' ')).mentioned());
            }
        }
        return names;
    }

    private static String part(SqlToken token) {
        return token.kind() == Kind.QUOTED_IDENTIFIER ? content(token).replace("\"\"", "\"") : token.text();
    }

    private static String content(SqlToken quoted) {
        var text = quoted.text();
        return text.length() < 2 ? text : text.substring(1, text.length() - 1);
    }
}

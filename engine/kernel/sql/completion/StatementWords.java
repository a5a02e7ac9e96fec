package kernel.sql.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kernel.sql.syntax.SqlKeywords;
import kernel.sql.syntax.SqlLexer;

/** A statement as its words and marks, without strings and comments. */
record StatementWords(List<String> all) {
    private static final Set<String> BEFORE_TABLES = Set.of("from", "join", "update", "into", "using", "truncate", "table", "only", "on");

    /** @param name as it is used in the statement: the alias, where there is one */
    record Used(String schema, String table, String name) { }

    static StatementWords of(String text) {
        var words = new ArrayList<String>();
        for (int at = 0; at < text.length();) {
            var next = SqlLexer.behind(text, at);
            if (next > at) {
                if (text.charAt(at) == '"') {
                    words.add(text.substring(at, next));
                }
            } else if (Character.isJavaIdentifierPart(text.charAt(at))) {
                next = at;
                while (next < text.length() && Character.isJavaIdentifierPart(text.charAt(next))) {
                    next++;
                }
                words.add(text.substring(at, next));
            } else {
                next = at + 1;
                if (!Character.isWhitespace(text.charAt(at))) {
                    words.add(text.substring(at, next));
                }
            }
            at = Math.max(next, at + 1);
        }
        return new StatementWords(words);
    }

    private String at(int index) {
        return index >= 0 && index < all.size() ? all.get(index) : "";
    }

    private boolean isName(int index) {
        var word = at(index);
        return word.startsWith("\"") || !word.isEmpty() && Character.isJavaIdentifierStart(word.charAt(0))
            && !SqlKeywords.RESERVED.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Whether a table is to be named next. */
    boolean endBeforeTable() {
        var last = at(all.size() - 1).toLowerCase(Locale.ROOT);
        return BEFORE_TABLES.contains(last) && !last.equals("on") || last.equals(",") && inTables(all.size() - 1);
    }

    private boolean inTables(int comma) {
        for (int i = comma - 1; i >= 0; i--) {
            var word = at(i).toLowerCase(Locale.ROOT);
            if (word.equals("from")) {
                return true;
            }
            if (SqlKeywords.RESERVED.contains(word) && !Set.of("as", "join", "on", "left", "cross", "inner").contains(word) || word.equals("(")) {
                return false;
            }
        }
        return false;
    }

    /** The tables that the statement names, with their aliases. */
    List<Used> used() {
        var used = new ArrayList<Used>();
        for (int i = 0; i < all.size(); i++) {
            var word = at(i).toLowerCase(Locale.ROOT);
            if ((BEFORE_TABLES.contains(word) || word.equals(",") && inTables(i)) && isName(i + 1)) {
                used.add(table(i + 1));
            }
        }
        return used;
    }

    private Used table(int at) {
        var qualified = at(at + 1).equals(".");
        var last = qualified ? at + 2 : at;
        var alias = at(last + 1).equalsIgnoreCase("as") ? last + 2 : last + 1;
        var table = DatabaseNames.read(at(last));
        return new Used(qualified ? DatabaseNames.read(at(at)) : "", table, isName(alias) ? DatabaseNames.read(at(alias)) : table);
    }
}

package kernel.sql.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kernel.sql.syntax.SqlKeywords;
import kernel.sql.syntax.SqlScanner;
import kernel.sql.syntax.SqlToken;
import kernel.sql.syntax.SqlToken.Kind;

/** A statement, or the beginning of one, as its words and signs, without strings and comments. */
record StatementWords(List<SqlToken> all) {
    private static final Set<String> BEFORE_TABLES = Set.of("from", "join", "update", "into", "using", "truncate", "table", "only", "on");
    private static final Set<String> BETWEEN_TABLES = Set.of("as", "join", "on", "left", "cross", "inner");

    /** @param name as it is used in the statement: the alias, where there is one */
    record Used(String schema, String table, String name) { }

    static StatementWords of(String text) {
        return new StatementWords(SqlScanner.tokens(text).stream()
            .filter(token -> !token.isComment() && token.kind() != Kind.STRING && token.kind() != Kind.DOLLAR_STRING).toList());
    }

    private String at(int index) {
        return index >= 0 && index < all.size() ? all.get(index).text() : "";
    }

    private boolean isName(int index) {
        return index < all.size() && switch (all.get(index).kind()) {
            case QUOTED_IDENTIFIER -> true;
            case WORD -> !SqlKeywords.RESERVED.contains(at(index));
            default -> false;
        };
    }

    /** Whether a table is to be named next. */
    boolean endBeforeTable() {
        var last = at(all.size() - 1);
        return BEFORE_TABLES.contains(last) && !last.equals("on") || last.equals(",") && inTables(all.size() - 1);
    }

    /** What stands before a dot at the end, as PostgreSQL reads it; empty where the words end otherwise. */
    String qualifier() {
        return at(all.size() - 1).equals(".") ? DatabaseNames.read(at(all.size() - 2)) : "";
    }

    private boolean inTables(int comma) {
        for (int i = comma - 1; i >= 0; i--) {
            if (at(i).equals("from")) {
                return true;
            }
            if (SqlKeywords.RESERVED.contains(at(i)) && !BETWEEN_TABLES.contains(at(i)) || at(i).equals("(")) {
                return false;
            }
        }
        return false;
    }

    /** The tables that the statement names, with their aliases. */
    List<Used> used() {
        var used = new ArrayList<Used>();
        for (int i = 0; i < all.size(); i++) {
            if ((BEFORE_TABLES.contains(at(i)) || at(i).equals(",") && inTables(i)) && isName(i + 1)) {
                used.add(table(i + 1));
            }
        }
        return used;
    }

    private Used table(int at) {
        var isQualified = at(at + 1).equals(".");
        var last = isQualified ? at + 2 : at;
        var alias = at(last + 1).equals("as") ? last + 2 : last + 1;
        var table = DatabaseNames.read(at(last));
        return new Used(isQualified ? DatabaseNames.read(at(at)) : "", table, isName(alias) ? DatabaseNames.read(at(alias)) : table);
    }
}

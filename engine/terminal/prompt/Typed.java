package terminal.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import kernel.sql.syntax.SqlScanner;
import kernel.sql.syntax.SqlStatements;
import kernel.sql.syntax.SqlToken;
import kernel.sql.syntax.StatementText;

/**
 * What was typed or pasted, in the order in which it is to be carried out. The rules are psql's: a command begins with a
 * backslash outside of quotes, wherever that stands, and ends with its line; what was typed of a statement waits for the rest
 * behind the command, unless the command sends it.
 *
 * @param rest       what waits for its end: for a semicolon, or for the last row
 * @param isComplete whether Enter carries the pieces out: nothing waits, or the last that came is a command
 */
record Typed(List<Piece> pieces, String rest, boolean isComplete) {

    /** What is carried out by itself. */
    sealed interface Piece {
        /** @param isExpanded whether its rows are to be shown one value a line */
        record Statement(String sql, boolean isExpanded) implements Piece { }

        /** @param rows the lines for {@code copy … from stdin}, each with its end */
        record Copy(String sql, String rows) implements Piece { }

        record Command(String line) implements Piece { }
    }

    static Typed of(String text) {
        return new Reading(text).read();
    }

    /** The SQL that goes on behind the pieces; empty where nothing waits. */
    String waiting() {
        return SqlStatements.of(rest).isComplete() ? "" : rest.stripTrailing() + "\n";
    }

    /** Reads from left to right. */
    private static final class Reading {
        /** With these the statement before them is sent; what else they do in psql, {@link OtherCommands} says. */
        private static final Set<String> SENDING = Set.of("\\g", "\\gx", "\\gset", "\\gexec", "\\watch", "\\crosstabview");
        private static final Set<String> FORGETTING = Set.of("\\r", "\\reset", "\\gdesc");
        private static final Set<String> TO_THE_END_OF_THE_LINE = Set.of("\\!", "\\copy", "\\h", "\\help", "\\ef", "\\ev");
        private static final Pattern END_OF_ROWS = Pattern.compile("(?m)^\\\\\\.\\r?(\\n|\\z)");
        private final List<Piece> pieces = new ArrayList<>();
        private String text;
        private boolean isCommandLast;
        private boolean wantsRows;

        Reading(String text) {
            this.text = text;
        }

        Typed read() {
            while (step()) {
                continue;
            }
            return new Typed(List.copyOf(pieces), text, !wantsRows && (isCommandLast || SqlStatements.of(text).isComplete()));
        }

        /** The statements before the next command or the next rows, and that; false where there is none. */
        private boolean step() {
            var command = SqlScanner.tokens(text).stream().filter(SqlToken::isBackslash)
                .filter(token -> !text.startsWith(";", token.end()) && !text.startsWith(":", token.end())).mapToInt(SqlToken::start).findFirst();
            var statements = SqlStatements.of(text.substring(0, command.orElse(text.length())));
            for (int i = 0; i < statements.complete().size(); i++) {
                var sql = SqlStatements.sent(statements.complete().get(i));
                if (StatementText.isCopyFromStdin(sql)) {
                    return rows(sql, statements.starts().get(i), statements.starts().get(i + 1));
                }
                if (!SqlStatements.isBlank(sql)) {
                    pieces.add(new Piece.Statement(sql, false));
                }
                isCommandLast = false;
            }
            var waiting = statements.rest();
            text = waiting + text.substring(command.orElse(text.length()));
            if (command.isPresent()) {
                command(waiting);
            }
            return command.isPresent();
        }

        /** The rows stand in the lines after that of the statement, up to a line with a backslash and a point. */
        private boolean rows(String sql, int start, int end) {
            var line = text.indexOf('\n', end);
            var last = END_OF_ROWS.matcher(text);
            wantsRows = line < 0 || !last.find(line + 1);
            if (wantsRows) {
                text = text.substring(start);
                return false;
            }
            pieces.add(new Piece.Copy(sql, text.substring(line + 1, last.start())));
            text = text.substring(end, line + 1) + text.substring(last.end());
            isCommandLast = false;
            return true;
        }

        private void command(String waiting) {
            var rest = text.substring(waiting.length());
            var line = line(rest);
            var name = line.split("\\s+", 2)[0];
            rest = rest.substring(line.length());
            var isBlank = SqlStatements.isBlank(waiting);
            if (SENDING.contains(name) && !isBlank) {
                pieces.add(new Piece.Statement(SqlStatements.sent(waiting).strip(), name.equals("\\gx")));
            }
            if (!SENDING.contains(name) || isBlank || OtherCommands.isOther(name) || OtherCommands.namesFile(line)) {
                pieces.add(new Piece.Command(line.strip()));
            }
            var goesOn = rest.startsWith("\\\\") ? rest.substring(2) : rest;
            text = SENDING.contains(name) || FORGETTING.contains(name) ? goesOn : waiting + goesOn;
            isCommandLast = goesOn.isBlank();
        }

        /** The command with its arguments: up to the end of the line, or to the next command on it. */
        private static String line(String rest) {
            var whole = rest.lines().findFirst().orElse("");
            var name = whole.split("\\s+", 2)[0];
            if (TO_THE_END_OF_THE_LINE.contains(name)) {
                return whole;
            }
            var next = 1;
            var quote = 0;
            for (; next < whole.length() && (quote != 0 || whole.charAt(next) != '\\'); next++) {
                var character = whole.charAt(next);
                quote = quote == 0 && (character == '\'' || character == '"') ? character : quote == character ? 0 : quote;
            }
            return whole.substring(0, next);
        }
    }
}

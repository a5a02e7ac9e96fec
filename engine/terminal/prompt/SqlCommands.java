package terminal.prompt;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kernel.output.Output;
import lab.Role;
import org.postgresql.core.TransactionState;
import terminal.drawing.Grid;
import terminal.drawing.TextDrawing;
import terminal.drawing.Wrap;
import terminal.page.LessonPrinter;

/** The commands that begin with a backslash: those of psql that a lesson needs, and the change of role. */
final class SqlCommands {
    static final List<String> NAMES = List.of("\\d", "\\dt", "\\di", "\\du", "\\x", "\\g", "\\gx", "\\r", "\\timing", "\\echo", "\\conninfo", "\\app", "\\owner", "\\admin", "\\i", "\\q", "\\?");
    private static final List<List<String>> HELP = List.of(
        List.of("\\d", "all tables, views and sequences"),
        List.of("\\d NAME", "columns, indexes and constraints of a table"),
        List.of("\\dt \\di \\du", "tables, indexes, roles"),
        List.of("\\app \\owner \\admin", "go on as the app, the owner of the schema, the superuser, in a new session"),
        List.of("\\i FILE", "runs the statements of a file"),
        List.of("\\x", "one line for each value, for wide rows; again to go back"),
        List.of("\\g \\gx", "send the statement like a semicolon; \\gx shows it as \\x does"),
        List.of("\\r", "forget what was typed of a statement"),
        List.of("\\timing", "how long each statement takes; again to stop"),
        List.of("\\q", "back to the lesson, also Ctrl-D"),
        List.of("Tab", "completes words, tables and columns"),
        List.of("Ctrl-C", "stops the statement that runs, or clears the line"));

    private static final String INVALID_NAME = "42602";

    private final PromptConnection session;
    private final LessonPrinter printer;
    private boolean expanded;
    private boolean timing;

    SqlCommands(PromptConnection session, LessonPrinter printer) {
        this.session = session;
        this.printer = printer;
    }

    boolean expanded() {
        return expanded;
    }

    boolean timing() {
        return timing;
    }

    /** @return whether the prompt goes on */
    boolean run(String line) throws SQLException {
        var words = line.strip().replaceAll(";+$", "").split("\\s+", 2);
        var argument = words.length > 1 ? words[1].strip() : "";
        switch (words[0].replaceAll("(?<=\\\\d[tiu]?)[S+]+$", "")) {
            case "\\q" -> { return false; }
            case "\\?", "\\h", "\\help" -> help();
            case "\\x" -> toggled("Values stand below each other", expanded = isOn(argument, expanded));
            case "\\timing" -> toggled("Statements are timed", timing = isOn(argument, timing));
            case "\\r", "\\reset" -> printer.quiet("What was typed of the statement is forgotten.");
            case "\\g", "\\gx" -> printer.quiet(OtherCommands.namesFile(line) ? OtherCommands.sentence("\\o") : "There is no statement yet that could be sent again.");
            case "\\echo", "\\qecho" -> print(List.of(OtherCommands.echoed(argument)));
            case "\\conninfo" -> show(SqlCatalog.CONNECTION);
            case "\\app" -> become(Role.APP);
            case "\\owner" -> become(Role.OWNER);
            case "\\admin" -> become(Role.ADMIN);
            case "\\d" -> describe(argument);
            case "\\dt" -> show(SqlCatalog.TABLES);
            case "\\di" -> show(SqlCatalog.INDEXES);
            case "\\du" -> show(SqlCatalog.ROLES);
            default -> printer.quiet(OtherCommands.sentence(words[0]));
        }
        return true;
    }

    private void describe(String name) throws SQLException {
        if (name.isEmpty()) {
            show(SqlCatalog.RELATIONS);
            return;
        }
        if (!isRelation(name)) {
            printer.quiet("There is no table, view or index named " + name + "; \\d lists what there is.");
            return;
        }
        for (var part : SqlCatalog.PARTS) {
            var output = session.query(part.query(), name);
            if (!output.rows().isEmpty()) {
                print(part.title().isEmpty() ? List.of() : List.of(printer.writer().style().bold(part.title())));
                print(part.title().isEmpty() ? TextDrawing.lines(output, printer.writer().style()) : plain(output));
            }
        }
    }

    /** The name is read as in a statement: quoted, or in lower case. */
    private boolean isRelation(String name) throws SQLException {
        try {
            return !session.query("select 1 from pg_class where oid = to_regclass(?)", name).rows().isEmpty();
        } catch (SQLException e) {
            if (!INVALID_NAME.equals(e.getSQLState()) || session.state() != TransactionState.IDLE) {
                throw e;
            }
            return false;
        }
    }

    /** Definitions are read, not compared: no columns, and nothing cut. */
    private List<String> plain(Output.Table table) {
        var lines = new ArrayList<String>();
        table.rows().forEach(row -> Wrap.lines(row.getFirst().orElse(""), printer.writer().style().width() - 4)
            .forEach(line -> lines.add("    " + line)));
        return lines;
    }

    private void show(String query) throws SQLException {
        print(TextDrawing.lines(session.query(query), printer.writer().style()));
    }

    private void become(Role role) throws SQLException {
        session.become(role);
        printer.quiet("From here as " + session.login().user() + ", in a new session.");
    }

    private static boolean isOn(String argument, boolean before) {
        return switch (argument.toLowerCase(Locale.ROOT)) {
            case "on", "true", "1", "yes" -> true;
            case "off", "false", "0", "no" -> false;
            default -> !before;
        };
    }

    private void toggled(String what, boolean on) {
        printer.quiet(what + ": " + (on ? "on" : "off") + ".");
    }

    private void help() {
        var style = printer.writer().style();
        HELP.forEach(row -> print(Grid.row(List.of(style.in("accent", row.getFirst()), row.getLast()), List.of(19, style.measure() - 21))));
        print(List.of("The prompt shows the transaction: app=> none, app*=> open, app!=> aborted."));
    }

    private void print(List<String> lines) {
        printer.writer().print(lines);
    }
}

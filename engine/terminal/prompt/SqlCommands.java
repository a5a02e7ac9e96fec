package terminal.prompt;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import kernel.output.Output;
import terminal.drawing.Drawing;
import terminal.drawing.Grid;
import terminal.drawing.Wrap;
import terminal.page.Narrator;

/** The commands that begin with a backslash: those of psql that a lesson needs, and the change of role. */
final class SqlCommands {
    static final List<String> NAMES = List.of("\\d", "\\dt", "\\di", "\\du", "\\x", "\\timing", "\\app", "\\owner", "\\admin", "\\q", "\\?");
    private static final List<List<String>> HELP = List.of(
        List.of("\\d", "all tables, views and sequences"),
        List.of("\\d NAME", "columns, indexes and constraints of a table"),
        List.of("\\dt \\di \\du", "tables, indexes, roles"),
        List.of("\\app \\owner \\admin", "go on as the app, the owner of the schema, the superuser, in a new session"),
        List.of("\\x", "one line for each value, for wide rows; again to go back"),
        List.of("\\timing", "how long each statement takes; again to stop"),
        List.of("\\q", "back to the lesson, also Ctrl-D"),
        List.of("Tab", "completes words, tables and columns"),
        List.of("Ctrl-C", "stops the statement that runs, or clears the line"));

    private final SqlSession session;
    private final Narrator narrator;
    private boolean expanded;
    private boolean timing;

    SqlCommands(SqlSession session, Narrator narrator) {
        this.session = session;
        this.narrator = narrator;
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
        var argument = words.length > 1 ? words[1].replace("\"", "") : "";
        switch (words[0]) {
            case "\\q" -> { return false; }
            case "\\?", "\\h", "\\help" -> help();
            case "\\x" -> toggled("Values stand below each other", expanded = !expanded);
            case "\\timing" -> toggled("Statements are timed", timing = !timing);
            case "\\app" -> become(SqlSession.Role.APP);
            case "\\owner" -> become(SqlSession.Role.OWNER);
            case "\\admin" -> become(SqlSession.Role.ADMIN);
            case "\\d" -> describe(argument);
            case "\\dt" -> show(SqlCatalog.TABLES);
            case "\\di" -> show(SqlCatalog.INDEXES);
            case "\\du" -> show(SqlCatalog.ROLES);
            default -> narrator.quiet("There is no " + words[0] + " here; \\? lists what there is.");
        }
        return true;
    }

    private void describe(String name) throws SQLException {
        if (name.isEmpty()) {
            show(SqlCatalog.RELATIONS);
            return;
        }
        var found = (Output.Table) session.run("select 1 from pg_class where oid = to_regclass(?)", name).getFirst();
        if (found.rows().isEmpty()) {
            narrator.quiet("There is no table, view or index named " + name + "; \\d lists what there is.");
            return;
        }
        for (var part : SqlCatalog.PARTS) {
            var output = (Output.Table) session.run(part.query(), name).getFirst();
            if (!output.rows().isEmpty()) {
                print(part.title().isEmpty() ? List.of() : List.of(narrator.paper().pen().bold(part.title())));
                print(part.title().isEmpty() ? Drawing.lines(output, narrator.paper().pen()) : plain(output));
            }
        }
    }

    /** Definitions are read, not compared: no columns, and nothing cut. */
    private List<String> plain(Output.Table table) {
        var lines = new ArrayList<String>();
        table.rows().forEach(row -> Wrap.lines(row.getFirst().orElse(""), narrator.paper().pen().width() - 4)
            .forEach(line -> lines.add("    " + line)));
        return lines;
    }

    private void show(String query) throws SQLException {
        for (var output : session.run(query)) {
            print(Drawing.lines(output, narrator.paper().pen()));
        }
    }

    private void become(SqlSession.Role role) throws SQLException {
        session.become(role);
        narrator.quiet("From here as " + session.login().user() + ", in a new session.");
    }

    private void toggled(String what, boolean on) {
        narrator.quiet(what + ": " + (on ? "on" : "off") + ".");
    }

    private void help() {
        var pen = narrator.paper().pen();
        HELP.forEach(row -> print(Grid.row(List.of(pen.in("accent", row.getFirst()), row.getLast()), List.of(19, pen.measure() - 21))));
        print(List.of("The prompt shows the transaction: app=> none, app*=> open, app!=> aborted."));
    }

    private void print(List<String> lines) {
        narrator.paper().print(lines);
    }
}

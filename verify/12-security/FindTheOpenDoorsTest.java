import grading.*;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.*;

/** Runs the query on a database with doors of every kind, closes some, opens others, and asks again. */
class FindTheOpenDoorsTest {
    private static final String LOOK = "Which list says so, and what does it mean when the list is null?";

    @Test @Hint(1) @Promises("functions") @DisplayName("functions that are too open are found, and sound ones are not")
    void functions(Clone clone, Answer answer) throws SQLException {
        Expect.equal("Functions that are found", List.of("app.both(text)", "app.open_definer()", "app.open_procedure()", "app.other_setting()", "app.without_a_path(a integer, b text)"),
            found(clone, answer, "function", "app."), "Who may call them, and who says where they look?");
        Sql.execute(clone.owner(), """
            revoke execute on all routines in schema app from public;
            grant execute on function app.sound to public;
            grant execute on function app.open_definer to course_app;
            alter function app.without_a_path set search_path = app, pg_temp;
            alter function app.both set work_mem = '8MB';
            alter function app.plain set work_mem = '8MB';
            alter function app.other_setting security invoker;
            create function app.other_path() returns int language sql security definer set application_name = 'search_path=app' as 'select 1';
            revoke execute on function app.other_path from public""");
        Expect.equal("Functions that are found, after some were mended and one was opened", List.of("app.both(text)", "app.other_path()", "app.sound()"), found(clone, answer, "function", "app."),
            "Who may call them, and who says where they look?");
    }

    @Test @Hint(1) @Promises("schemas") @DisplayName("schemas in which others create are found")
    void schemas(Clone clone, Answer answer) throws SQLException {
        Expect.equal("Schemas that are found", List.of("Odd name", "information_schema_notes", "pgboss", "shared"), found(clone, answer, "schema", ""), LOOK);
        Sql.execute(clone.owner(), "revoke create on schema \"Odd name\" from public; grant usage on schema \"Odd name\" to public; grant create on schema app to pg_monitor");
        Expect.equal("Schemas that are found, after one was closed and one opened", List.of("app", "information_schema_notes", "pgboss", "shared"), found(clone, answer, "schema", ""), LOOK);
        Sql.execute(clone.owner(), "revoke create on schema app from pg_monitor");
        for (var kind : List.of("table;pgboss.job", "function;pgboss.fetch()")) {
            var halves = kind.split(";");
            Expect.equal("What is found in the schema pgboss, as a " + halves[0], List.of(halves[1]), found(clone, answer, halves[0], "pgboss."), "Which names are PostgreSQL's own?");
        }
    }

    @Test @Hint(1) @Promises("tables") @DisplayName("tables that are everybody's are found, by their columns, too")
    void tables(Clone clone, Answer answer) throws SQLException {
        Expect.equal("Tables that are found", List.of("app.cities", "app.counts", "app.notes", "app.parted", "app.sales"), distinct(clone, answer), LOOK);
        Sql.execute(clone.owner(), "revoke all on app.cities, app.parted from public; grant update (id) on app.closed to public; grant usage on sequence app.numbers to public; "
            + "grant select (id) on shared.lists to course_app");
        Expect.equal("Tables that are found, after some were closed and one opened", List.of("app.closed", "app.counts", "app.notes", "app.sales"), distinct(clone, answer), LOOK);
        for (var privilege : List.of("select", "insert", "update", "delete", "truncate", "references", "trigger", "maintain")) {
            if (privilege.equals("maintain") && Sql.number(clone.owner(), "select current_setting('server_version_num')::int / 10000") < 17) {
                continue;
            }
            Sql.execute(clone.owner(), "grant " + privilege + " on app.granted to public");
            Expect.that("Tables that are found, where everybody has " + privilege + " on app.granted", distinct(clone, answer).contains("app.granted"), "app.granted among them",
                distinct(clone, answer), "Which privileges are there?");
            Sql.execute(clone.owner(), "revoke " + privilege + " on app.granted from public");
        }
    }

    @Test @Needs({"functions", "schemas", "tables"}) @Hint(2) @Promises("not-ours") @DisplayName("what PostgreSQL and extensions have made is left out")
    void notOurs(Clone clone, Answer answer) throws SQLException {
        try (var somebody = Sql.connect(clone.owner())) {
            Sql.execute(somebody, """
                create function pg_temp.of_a_session() returns int language sql security definer as 'select 1';
                create temp table of_a_session (id int);
                grant select on of_a_session to public""");
            for (var kind : List.of("function", "schema", "table")) {
                var others = found(clone, answer, kind, "").stream().filter(name -> name.matches("null|\\..*|pg_.*|information_schema(\\..*)?|shared\\..*extension.*")).toList();
                Expect.equal("What is found as a " + kind + ", of PostgreSQL, a session or an extension", List.of(), others, "Whose are they?");
            }
        }
    }

    @Test @Needs("notOurs") @Hint(2) @Promises("in-order") @DisplayName("each comes once, in order")
    void inOrder(Clone clone, Answer answer) throws SQLException {
        Sql.execute(clone.owner(), "grant select (city), update (secret) on app.sales to public; grant create on schema shared to public");
        var sorted = Sql.query(clone.owner(), "select distinct kind, name from (" + query(answer) + ") found order by kind, name");
        Expect.tableInOrder("What is found", sorted, rows(clone, answer), "Each of them once, sorted by kind, then name.");
    }

    @Test @Needs("inOrder") @Hint(2) @Promises({"functions", "not-ours"}) @DisplayName("what depends on an extension, and is none of its own, is found")
    void dependsOnAnExtension(Clone clone, Answer answer) throws SQLException {
        Sql.execute(clone.owner(), """
            create schema leaning;
            create function leaning.on_it() returns int language sql security definer as 'select 1';
            alter function leaning.on_it() depends on extension plpgsql""");
        Expect.equal("An own function that would go with an extension", List.of("leaning.on_it()"), found(clone, answer, "function", "leaning."), "Which rows of pg_depend say what belongs to an extension?");
    }

    @Test @Needs("inOrder") @Hint(2) @Promises({"schemas", "not-ours"}) @DisplayName("nor is a schema that belongs to an extension")
    void schemaOfAnExtension(Clone clone, Answer answer) throws SQLException {
        Sql.execute(clone.owner(), "create schema of_an_extension; grant create on schema of_an_extension to public; alter extension pgcrypto add schema of_an_extension");
        Expect.equal("What is found of a schema that belongs to an extension", List.of(), found(clone, answer, "schema", "of_an_extension"), "Whose is it?");
    }

    private static List<String> distinct(Clone clone, Answer answer) throws SQLException {
        return found(clone, answer, "table", "app.").stream().distinct().toList();
    }

    /** The names of one kind that begin so, in order. */
    private static List<String> found(Clone clone, Answer answer, String kind, String beginning) throws SQLException {
        return rows(clone, answer).values().stream().filter(row -> kind.equals(row.get(0))).map(row -> String.valueOf(row.get(1)))
            .filter(name -> name.startsWith(beginning)).filter(name -> !beginning.isEmpty() || !name.contains("extension") || !kind.equals("schema")).sorted().toList();
    }

    private static Rows rows(Clone clone, Answer answer) throws SQLException {
        var rows = Sql.query(clone.owner(), query(answer));
        Expect.equal("The columns", List.of("kind", "name"), rows.columns(), "Two columns, with these names.");
        return rows;
    }

    private static String query(Answer answer) {
        return answer.text("answer.sql").strip().replaceFirst(";\\s*$", "");
    }
}

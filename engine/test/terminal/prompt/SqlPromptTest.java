package terminal.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.sql.SQLException;
import lab.Lab;
import lab.Progress;
import lab.provider.Providers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The SQL prompt, typed at in a pseudo-terminal, on a real server. */
class SqlPromptTest {
    private static Lab lab;

    @BeforeAll static void open() throws SQLException {
        lab = Providers.open("embedded", Progress.SILENT);
        try (var connection = lab.lessonDatabase().owner().connect(); var statement = connection.createStatement()) {
            statement.execute("create schema orders; create table orders.\"Mixed\" (id int, \"Unit Price\" int);"
                + "create table public.\"Order Items\" (id int, item text); grant usage on schema orders to public;"
                + "grant all on all tables in schema orders, public to public");
        }
    }

    @AfterAll static void shut() {
        lab.close();
    }

    @Test void whatTheServerSaysBeforeAnErrorIsShownBeforeItInOrder() throws Exception {
        var shown = typed("do $$ begin raise notice 'first'; raise warning 'second'; raise exception 'third'; end $$;\n");
        assertInOrder(shown, "NOTICE: first", "WARNING: second", "SQLSTATE P0001", "third");
    }

    @Test void whatAStatementOfSeveralSaysIsShownToo() throws Exception {
        var shown = typed("do $$ begin raise notice 'first'; end $$\\; select 1 as one\\; do $$ begin raise notice 'then'; end $$\\; select 1/0;\n");
        assertInOrder(shown, "NOTICE: first", "NOTICE: then", "SQLSTATE 22012");
    }

    @Test void aNotificationIsShownToTheSessionThatListens() throws Exception {
        assertInOrder(typed("listen news;\nnotify news, 'hello';\n"), "Notification on news with \"hello\"");
    }

    @Test void commandsOfAPasteRunBetweenItsStatements() throws Exception {
        var shown = typed(pasted("select 1 as first;\n\\x\nselect 2 as second;\n\\i seed.sql\nselect 3 as third;") + "\n");
        assertInOrder(shown, "first", "Values stand below each other: on.", "── row 1 ──", "second", "seed.sql cannot be read.", "── row 1 ──", "third");
    }

    @Test void aStatementGoesOnBehindACommand() throws Exception {
        assertInOrder(typed("select 40\n\\timing on\n+ 2 as sum;\n"), "Statements are timed: on.", "sum", "42", "ms");
    }

    @Test void aTabInAPasteThatNobodyMarksIsABlank() throws Exception {
        var shown = typed("select\t41 + 1 as\tsum\n\tfrom\t(select\t1)\tx;\n");
        assertInOrder(shown, "sum", "42");
        assertFalse(shown.contains("SQLSTATE"), shown);
    }

    @Test void rowsOfACopyArePutInAsPsqlDoes() throws Exception {
        var shown = typed("copy \"Order Items\" from stdin;\n1\tit's; \\\\dt\n2\tb\n\\.\ncopy \"Order Items\" to stdout;\n");
        assertInOrder(shown, "2 rows copied", "1\tit's; \\\\dt", "2\tb", "2 rows copied");
    }

    @Test void namesThatNeedQuotesAreDescribed() throws Exception {
        assertInOrder(typed("\\d \"Order Items\"\n"), "item", "text");
        assertInOrder(typed("\\d orders.\"Mixed\"\n"), "Unit Price");
        assertInOrder(typed("\\d Order Items\n\\d\n"), "There is no table, view or index named Order Items", "Order Items");
    }

    @Test void namesThatNeedQuotesAreCompletedWithThem() throws Exception {
        assertInOrder(typed("select 'a' || item as found from Order", "\t", " right join (select 1) x on true;\n"), "found");
        assertInOrder(typed("select item as found from \"Ord", "\t", " right join (select 1) x on true;\n"), "found");
    }

    private static String typed(String... keys) throws Exception {
        return TypedAtPrompt.sql(lab.lessonDatabase(), keys);
    }

    private static String pasted(String text) {
        return "\033[200~" + text + "\033[201~";
    }

    private static void assertInOrder(String shown, String... parts) {
        var at = 0;
        for (var part : parts) {
            var found = shown.indexOf(part, at);
            assertTrue(found >= 0, () -> part + " is not in this, or stands too early:\n" + shown);
            at = found + part.length();
        }
        assertEquals(true, at > 0);
    }
}

package kernel.sql.completion;

import static kernel.sql.Seen.cell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.util.List;
import java.util.Map;
import kernel.cell.Completion.Option;
import kernel.sql.MapVariables;
import kernel.sql.Seen;
import kernel.sql.SqlKernel;
import lab.Lab;
import lab.Progress;
import lab.Role;
import lab.provider.Providers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The cursor is where the bar stands. */
class SqlCompletionTest {
    private static Lab lab;
    private static SqlKernel kernel;

    @BeforeAll static void open() {
        lab = Providers.open("embedded", Progress.SILENT);
        var variables = new MapVariables();
        variables.values.putAll(Map.of("userId", 7, "users", List.of()));
        kernel = new SqlKernel(lab.lessonDatabase(), variables);
        kernel.run(cell(Role.OWNER, "", """
            create table users (id bigint, email text, "when" date);
            create table posts (id bigint, user_id bigint, title text);
            create schema shop;
            create table shop.orders (id bigint, total numeric(10, 2));
            create table shop."Order Items" ("Unit Price" int)"""), new Seen());
    }

    @AfterAll static void shut() {
        kernel.close();
        lab.close();
    }

    private static List<Option> options(String text) {
        return kernel.complete(text.replace("|", ""), text.indexOf('|')).options();
    }

    private static List<String> labels(String text) {
        return options(text).stream().map(Option::label).toList();
    }

    @Test void whereATableIsDueTheTablesCome() {
        assertEquals(List.of("users"), labels("select * from us|"));
        assertEquals("users", labels("select 1; insert into u|").getFirst());
        assertEquals(List.of("posts"), labels("select * from users u, po|"));
        assertTrue(labels("select * from pg_stat_act|").contains("pg_stat_activity"));
    }

    @Test void theColumnsOfTheStatementsTablesComeFirstWithTheirTypes() {
        assertEquals(new Option("email", "column", "text"), options("select em| from users").getFirst());
        assertEquals("title", labels("select u.email, ti| from users u join posts p on p.user_id = u.id").getFirst());
        assertFalse(labels("select ti| from users").contains("title"));
    }

    @Test void behindADotComeTheColumnsOfTheAliasOrTheTablesOfTheSchema() {
        assertEquals(List.of("id", "user_id", "title"), labels("select p.| from users u join posts as p on true"));
        assertEquals(List.of("id", "email", "\"when\""), labels("select users.| from users"));
        assertEquals(List.of("\"Order Items\"", "orders"), labels("select * from shop.|"));
        assertEquals(List.of("total"), labels("select o.to| from shop.orders o"));
    }

    @Test void namesThatNeedQuotesComeWithThemAlsoBehindTheFirst() {
        assertEquals(List.of("\"Order Items\"", "orders"), labels("select * from Ord|"));
        assertEquals(List.of("\"Order Items\""), labels("select * from \"Ord| where true"));
        assertEquals(List.of("\"Order Items\""), labels("select * from \"Order I|"));
        assertEquals(List.of("\"Order Items"), labels("select * from \"Ord|\""));
        assertEquals(List.of("\"Unit Price\""), labels("select \"Un| from shop.\"Order Items\""));
        assertEquals(List.of("\"Unit Price\""), labels("select i.\"| from shop.\"Order Items\" i"));
        assertEquals(14, kernel.complete("select * from \"Ord", 18).from());
    }

    @Test void keywordsComeInTheCaseInWhichTheyAreTyped() {
        assertTrue(labels("sel|").contains("select"));
        assertTrue(labels("SEL|").contains("SELECT"));
    }

    @Test void functionsComeWithTheirArguments() {
        assertTrue(options("select pg_blocking|").contains(new Option("pg_blocking_pids", "function", "integer")));
    }

    @Test void withinBracesComeTheVariablesOfJava() {
        assertEquals(List.of("userId", "users"), labels("select {{us|"));
        assertEquals(List.of("userId"), labels("select {{ userI|}}"));
    }

    @Test void withinTextAndCommentsNothingComes() {
        assertEquals(List.of(), labels("select 'us|"));
        assertEquals(List.of(), labels("select 'us|' from users"));
        assertEquals(List.of(), labels("-- sel|"));
    }

    @Test void whatACellCreatesIsThereAtOnce() {
        labels("select * from fr|");
        kernel.run(cell(Role.OWNER, "", "create table fresh (id int)"), new Seen());
        assertEquals(List.of("fresh"), labels("select * from fr|"));
    }
}

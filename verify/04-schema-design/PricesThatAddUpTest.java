import grading.*;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.*;

/** A program sells things, some of them wrongly. Each line has a reference of its own, by which it is looked at. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PricesThatAddUpTest {
    private static final String LINE = "insert into app.order_lines (shop_id, reference, product, quantity, net_cents, vat_percent) values ";

    /** Quantity, net cents of one, per cent of tax, gross cents. */
    private record Sale(String quantity, String net, String vat, String gross) { }

    private static final List<Sale> SALES = List.of(
        new Sale("1", "1000", "19", "1190"), new Sale("3", "999", "7", "3207"), new Sale("1", "0", "100", "0"), new Sale("2", "50", "0", "100"),
        new Sale("1", "105", "10", "116"), new Sale("1", "1000", "7.75", "1078"), new Sale("10", "10", "7.75", "108"), new Sale("1", "50", "1", "51"),
        new Sale("1", "9007199254740993", "0", "9007199254740993"), new Sale("1", "100", "100", "200"),
        new Sale("2000", "9007199254740993", "0", "18014398509481986000"));

    @Test @Order(1) @Hint(1) @DisplayName("the migration runs on an empty database")
    void runs(Clone clone, Answer answer) {
        var flyway = Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .locations("filesystem:" + answer.folder()).load();
        Expect.works("V1 runs", flyway::migrate, "PostgreSQL's words name the file's line.");
    }

    @Test @Order(2) @Needs("runs") @Hint(1) @DisplayName("the gross price is there, and right to the cent")
    void grossIsRight(Clone clone) throws SQLException {
        for (var sale : SALES) {
            var what = sale.quantity() + " × " + sale.net() + " cents, " + sale.vat() + " % tax";
            Expect.works("Selling " + what, () -> execute(clone, line("1", what, "'Thing'", sale.quantity(), sale.net(), sale.vat())),
                "Nothing is wrong with this line.");
            Expect.table("What the table knows of " + what, Rows.columns("net", "gross").row(sale.net(), sale.gross()), query(clone, """
                select trim_scale(net_cents::numeric)::text as net, trim_scale(gross_cents::numeric)::text as gross
                from app.order_lines where reference = '%s'""".formatted(what)), "Who computes it, when, and in which type?");
        }
    }

    @Test @Order(3) @Needs("grossIsRight") @Hint(1) @DisplayName("it follows each change of what it is made of")
    void grossFollows(Clone clone) throws SQLException {
        execute(clone, line("1", "changing", "'Thing'", "1", "1000", "10"));
        for (var change : List.of("quantity = 2;2200", "net_cents = 500;1100", "vat_percent = 50;1500", "product = 'Other';1500")) {
            var at = change.split(";");
            execute(clone, "update app.order_lines set " + at[0] + " where reference = 'changing'");
            Expect.table("The gross price after: set " + at[0], Rows.columns("gross").row(at[1]), query(clone, "select trim_scale(gross_cents::numeric)::text "
                + "as gross from app.order_lines where reference = 'changing'"), "It must be right at any time, not only at the beginning.");
        }
    }

    @Test @Order(4) @Needs("grossFollows") @Hint(1) @DisplayName("nobody can write another one")
    void grossIsNotWritten(Clone clone) throws SQLException {
        for (var attempt : List.of("update app.order_lines set gross_cents = 1 where reference = 'changing'",
                "update app.order_lines set gross_cents = null where reference = 'changing'", "insert into app.order_lines "
                + "(shop_id, reference, product, quantity, net_cents, vat_percent, gross_cents) values (1, 'forged', 'Thing', 1, 1000, 10, 1)")) {
            try {
                execute(clone, attempt);
            } catch (SQLException refused) {
                // Refused or ignored: what came of it is looked at in the table.
            }
            Expect.table("Lines with a gross price of 1 or none after: " + attempt, Rows.columns("count").row(0), query(clone,
                "select count(*) from app.order_lines where gross_cents = 1 or gross_cents is null"), "A column that can be written will be.");
        }
    }

    @Test @Order(5) @Needs("runs") @Hint(2) @DisplayName("what cannot be sold is refused")
    void nonsenseIsRefused(Clone clone) throws SQLException {
        for (var wrong : List.of("'Thing', 0, 100, 19", "'Thing', -1, 100, 19", "'Thing', 1, -1, 19", "'Thing', 1, 100, -0.01", "'Thing', 1, 100, 100.01",
                "'', 1, 100, 19", "'   ', 1, 100, 19")) {
            Expect.sqlState("Selling (product, quantity, net cents, tax): " + wrong, "23514",
                () -> execute(clone, LINE + "(5, 'wrong', " + wrong + ")"), "A type is the first rule about a column, and seldom the last.");
        }
        for (var missing : List.of("null, 1, 100, 19", "'Thing', null, 100, 19", "'Thing', 1, null, 19", "'Thing', 1, 100, null")) {
            Expect.sqlState("Selling (product, quantity, net cents, tax): " + missing, "23502",
                () -> execute(clone, LINE + "(5, 'missing', " + missing + ")"), "A check lets NULL pass.");
        }
        Expect.sqlState("Selling without a reference", "23502", () -> execute(clone, LINE + "(5, null, 'Thing', 1, 100, 19)"), "Apart from shop_id nothing is NULL.");
        Expect.works("Selling one thing for nothing at 0 % in a shop", () -> execute(clone, line("5", "edge", "'Thing'", "1", "0", "0")), "That is allowed.");
    }

    @Test @Order(6) @Needs("runs") @Hint(2) @DisplayName("a reference is there once in each shop, and in our own")
    void referencesAreUnique(Clone clone) {
        for (var shop : List.of("7", "8", "null")) {
            Expect.works("Reference R-1 in the shop " + shop, () -> execute(clone, line(shop, "R-1", "'Thing'", "1", "100", "19")), "No other line of this shop has it.");
            Expect.sqlState("Reference R-1 once more in the shop " + shop, "23505", () -> execute(clone, line(shop, "R-1", "'Thing'", "1", "100", "19")),
                "Is the shop NULL equal to the shop NULL?");
            Expect.works("Reference R-2 in the shop " + shop, () -> execute(clone, line(shop, "R-2", "'Thing'", "1", "100", "19")), "It is another reference.");
        }
    }

    @Test @Order(7) @Needs("referencesAreUnique") @Hint(1) @DisplayName("ids are the table's business")
    void idsAreTheTables(Clone clone) {
        var own = "insert into app.order_lines (id, shop_id, reference, product, quantity, net_cents, vat_percent) %s "
            + "select id, 9, 'own id', 'Thing', 1, 100, 19 from app.order_lines where reference = 'R-1' and shop_id = 7";
        Expect.sqlState("A line that brings an id of its own", "428C9", () -> execute(clone, own.formatted("")),
            "The draft had it right.");
        Expect.sqlState("A line that insists on the id of another one", "23505", () -> execute(clone, own.formatted("overriding system value")),
            "The draft had it right: no two lines have one id.");
    }

    private static String line(String shop, String reference, String product, String quantity, String net, String vat) {
        return LINE + "(" + String.join(", ", shop, "'" + reference + "'", product, quantity, net, vat) + ")";
    }

    private static void execute(Clone clone, String sql) throws SQLException {
        try (var connection = clone.app().connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Rows query(Clone clone, String sql) throws SQLException {
        try (var connection = clone.app().connect()) {
            return Rows.query(connection, sql);
        }
    }
}

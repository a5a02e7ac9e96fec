import grading.*;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.*;

/** A program sells things, some of them wrongly. Each line has a reference of its own, by which it is looked at. */
class PricesThatAddUpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String LINE = "insert into app.order_lines (shop_id, reference, product, quantity, net_cents, vat_percent) values ";
    private static final String FALSE_PRICES = """
        select count(*) from app.order_lines where gross_cents is null
          or gross_cents::numeric <> round(quantity::numeric * net_cents::numeric * (100 + vat_percent::numeric) * 0.01)""";
    private static final List<Sale> SALES = List.of(sale(1, "1000", "19"), sale(3, "999", "7"), sale(1, "0", "100"), sale(2, "50", "0"),
        sale(1, "105", "10"), sale(1, "1000", "7.75"), sale(10, "10", "7.75"), sale(1, "50", "1"), sale(1, "49", "1"), sale(1, "100", "100"), sale(3, "5", "10"),
        sale(2000, "9007199254740993", "0"), sale(1001, "9000000000005999", "0.01"), sale(2_000_000_000, "9200000000000000", "100"));

    /** Of one line: pieces, net cents of one, per cent of tax. */
    private record Sale(long quantity, BigInteger net, BigDecimal vat) {
        /** Exactly, and rounded once. */
        BigInteger gross() {
            return new BigDecimal(net).multiply(BigDecimal.valueOf(quantity)).multiply(vat.add(BigDecimal.valueOf(100))).movePointLeft(2)
                .setScale(0, RoundingMode.HALF_UP).toBigIntegerExact();
        }

        @Override public String toString() {
            return quantity + " × " + net + " cents, " + vat.toPlainString() + " % tax";
        }
    }

    private static Sale sale(long quantity, String net, String vat) {
        return new Sale(quantity, new BigInteger(net), new BigDecimal(vat));
    }

    @Test @Hint(1) @Promises("empty-database") @DisplayName("the migration runs on an empty database, and the program works with its table")
    void runs(Clone clone, Answer answer) throws SQLException {
        AnswerMigrations.run(clone, answer);
        try (var app = Sql.connect(clone.app())) {
            Expect.works("The program inserts, reads and updates a line", () -> {
                Sql.execute(app, line("1", "first", "'Thing'", "1", "100", "19"));
                Sql.execute(app, "select * from app.order_lines");
                Sql.execute(app, "update app.order_lines set product = 'Other', quantity = 2, reference = 'the first' where reference = 'first'");
            }, "It connects as course_app. What may it do in the schema?");
        }
    }

    @Test @Needs("runs") @Hint(1) @Promises("net-cents") @DisplayName("a price is a whole number of cents, and exact")
    void netIsExact(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            for (var net : List.of("0", "1", "2147483648", "9007199254740993", "9199999999999999", "9200000000000000")) {
                Expect.works("Selling for " + net + " cents", () -> Sql.execute(app, line("1", "net " + net, "'Thing'", "1", net, "0")), "It is a whole number of cents.");
                Expect.table("The price that was kept", Rows.columns("net").row(net), Rows.query(app,
                    "select trim_scale(net_cents::numeric)::text as net from app.order_lines where reference = ?", "net " + net), "How many digits does the type know?");
            }
            for (var odd : List.of("100.5", "0.01", "'NaN'", "'Infinity'", "'NaN'::numeric", "'Infinity'::numeric")) {
                attempt(app, line("1", "odd", "'Thing'", "1", odd, "0"));
                attempt(app, "update app.order_lines set net_cents = " + odd + " where reference = 'net 1'");
                Expect.table("Prices that are no whole number of cents, after selling for " + odd, Rows.columns("count").row(0), Rows.query(app,
                    "select count(*) from app.order_lines where not coalesce(net_cents::numeric % 1 = 0, false)"),
                    "Refused or rounded, but not kept. Which values does the type know?");
                Sql.execute(app, "delete from app.order_lines where reference = 'odd'");
            }
            refuses(app, "net_cents", "23514", "-1", "-9200000000000000");
        }
    }

    @Test @Needs("runs") @Hint(1) @Promises("vat-percent") @DisplayName("a tax is from 0 to 100, and may have two decimals")
    void taxHasTwoDecimals(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            for (var vat : List.of("0", "0.01", "7.75", "19", "99.99", "100")) {
                Expect.works("Selling at " + vat + " %", () -> Sql.execute(app, line("1", "tax " + vat, "'Thing'", "1", "100", vat)), "It is from 0 to 100.");
                Expect.table("The tax that was kept", Rows.columns("vat").row(vat), Rows.query(app,
                    "select trim_scale(vat_percent::numeric)::text as vat from app.order_lines where reference = ?", "tax " + vat), "Two decimals, no fewer.");
            }
            refuses(app, "vat_percent", "23514", "-0.01", "100.01", "-19");
            refuses(app, "vat_percent", "23514 22003", "1000", "-1000");
            for (var odd : List.of("7.755", "0.001", "99.9999", "33.333333333333333333", "'7.7501'")) {
                attempt(app, line("1", "odd tax", "'Thing'", "1", "100", odd));
                attempt(app, "update app.order_lines set vat_percent = " + odd + " where reference = 'tax 0'");
                Expect.table("Taxes with more than two decimals, after selling at " + odd, Rows.columns("count").row(0), Rows.query(app,
                    "select count(*) from app.order_lines where scale(trim_scale(vat_percent::numeric)) > 2"), "Refused or rounded, but not kept. Which values does the type know?");
                Sql.execute(app, "delete from app.order_lines where reference = 'odd tax'");
            }
            for (var odd : List.of("'NaN'::numeric", "'Infinity'::numeric")) {
                attempt(app, line("1", "odd tax", "'Thing'", "1", "100", odd));
                attempt(app, "update app.order_lines set vat_percent = " + odd + " where reference = 'tax 0'");
                Expect.table("Taxes that are not from 0 to 100, after selling at " + odd, Rows.columns("count").row(0), Rows.query(app,
                    "select count(*) from app.order_lines where not coalesce(vat_percent::numeric between 0 and 100, false)"), "Which values does the type know?");
            }
        }
    }

    @Test @Needs("runs") @Hint(1) @Promises("quantity") @DisplayName("a quantity is at least 1, and may be great")
    void quantityIsPositive(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            for (var quantity : List.of("1", "40000", "2000000000")) {
                Expect.works("Selling " + quantity + " pieces", () -> Sql.execute(app, line("1", "pieces " + quantity, "'Thing'", quantity, "9200000000000000", "100")),
                    "There are that many. Is there room for the number, and for the sum?");
            }
            refuses(app, "quantity", "23514", "0", "-1", "-2000000000");
        }
    }

    @Test @Needs("runs") @Hint(2) @Promises("product-name") @DisplayName("a product has a name, in whatever script")
    void productHasAName(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app()); var insert = app.prepareStatement(LINE + "(1, ?, ?, 1, 100, 19)")) {
            var number = 0;
            for (var name : Stream.concat(EdgeData.texts().stream().filter(text -> !text.isBlank()), Stream.of("4711", "7 Up", "0", "-", "…", " Tea", "Tea ")).toList()) {
                insert.setString(1, "name " + ++number);
                insert.setString(2, name);
                Expect.works("Selling a product called " + name, insert::execute, "It is not empty and not only spaces.");
            }
            refuses(app, "product", "23514", "''", "' '", "'     '");
        }
    }

    @Test @Needs("runs") @Hint(2) @Promises("nothing-null") @DisplayName("nothing is NULL but the shop")
    void nothingIsNull(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            for (var column : List.of("reference", "product", "quantity", "net_cents", "vat_percent")) {
                refuses(app, column, "23502", "null");
            }
        }
    }

    @Test @Needs("netIsExact") @Hint(1) @Promises("gross-rounded") @DisplayName("the gross price is right to the cent")
    void grossIsRight(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            for (var sale : SALES) {
                Expect.works("Selling " + sale, () -> Sql.execute(app, line(2, sale)), "Nothing is wrong with this line.");
                Expect.table("What the table knows of " + sale, expected(List.of(sale)), kept(app, "where shop_id = 2 and reference = ?", sale.toString()),
                    "Who computes it, in which type, and how often is it rounded?");
            }
        }
    }

    @Test @Needs("grossIsRight") @Promises("gross-rounded") @DisplayName("and so it is for whatever is sold")
    void anyGrossIsRight(Clone clone) throws SQLException {
        var random = RandomData.create();
        var sales = new ArrayList<Sale>();
        for (int i = 0; i < 150; i++) {
            var net = new BigInteger(String.valueOf(random.number(1, 92))).pow(random.number(1, 8)).add(BigInteger.valueOf(random.number(0, 1_000_000)));
            sales.add(new Sale(random.coin() ? random.number(1, 20) : random.number(1, 2_000_000_000), net, random.amount(0, 100)));
        }
        try (var app = Sql.connect(clone.app())) {
            var distinct = sales.stream().distinct().toList();
            Sql.execute(app, LINE + distinct.stream().map(sale -> values(3, sale)).collect(Collectors.joining(", ")));
            Expect.table("What the table knows of " + distinct.size() + " sales", expected(distinct), kept(app, "where shop_id = 3"),
                "Is the sum exact until it is rounded, once?");
        }
    }

    @Test @Needs("grossIsRight") @Hint(1) @Promises("gross-rounded") @DisplayName("it follows each change of what it is made of")
    void grossFollows(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            Sql.execute(app, line("1", "changing", "'Thing'", "1", "1000", "10"));
            for (var change : List.of("quantity = 2;2200", "net_cents = 500;1100", "vat_percent = 50;1500", "product = 'Other';1500")) {
                var at = change.split(";");
                Sql.execute(app, "update app.order_lines set " + at[0] + " where reference = 'changing'");
                Expect.table("The gross price after: set " + at[0], Rows.columns("gross").row(at[1]), Rows.query(app, "select trim_scale(gross_cents::numeric)::text "
                    + "as gross from app.order_lines where reference = 'changing'"), "It must be right at any time, not only at the beginning.");
            }
        }
    }

    @Test @Needs("grossFollows") @Hint(1) @Promises("gross-not-written") @DisplayName("nobody can write another one")
    void grossIsNotWritten(Clone clone) throws SQLException {
        for (var login : List.of(clone.app(), clone.owner())) {
            try (var connection = Sql.connect(login)) {
                for (var price : List.of("1", "null", "0", "1500.4")) {
                    for (var attempt : List.of("update app.order_lines set gross_cents = " + price + " where reference = 'changing'",
                            "update app.order_lines set gross_cents = " + price + ", quantity = quantity + 1 where reference = 'changing'",
                            "insert into app.order_lines (shop_id, reference, product, quantity, net_cents, vat_percent, gross_cents) values (1, 'forged', 'Thing', 1, 1000, 10, "
                                + price + ")")) {
                        attempt(connection, attempt);
                        Expect.table("Lines with a false gross price or none, after: " + attempt, Rows.columns("count").row(0), Rows.query(connection, FALSE_PRICES),
                            "A column that can be written will be.");
                        Sql.execute(connection, "delete from app.order_lines where reference = 'forged'");
                    }
                }
            }
        }
    }

    @Test @Needs("runs") @Hint(2) @Promises("reference-once") @DisplayName("a reference is there once in each shop, and in our own")
    void referencesAreUnique(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            for (var shop : List.of("null", "7", "8", "0", "-1", "1", String.valueOf(Long.MAX_VALUE), "(" + Long.MIN_VALUE + ")")) {
                for (var reference : List.of("R-1", "r-1", "R-2", "", "null")) {
                    Expect.works("Reference '" + reference + "' in the shop " + shop, () -> Sql.execute(app, line(shop, reference, "'Thing'", "1", "100", "19")),
                        "No other line of this shop has it. Which shops are one for you, or which references?");
                }
                Expect.sqlState("Reference 'R-1' once more in the shop " + shop, "23505", () -> Sql.execute(app, line(shop, "R-1", "'Other'", "2", "100", "19")),
                    "Is the shop NULL equal to the shop NULL?");
                Expect.sqlState("Reference 'R-2' becomes 'R-1' in the shop " + shop, "23505", () -> Sql.execute(app,
                    "update app.order_lines set reference = 'R-1' where reference = 'R-2' and shop_id is not distinct from " + shop), "A rule must hold for updates, too.");
            }
            Expect.sqlState("Reference 'R-1' of the shop 7 moves to our own shop", "23505", () -> Sql.execute(app,
                "update app.order_lines set shop_id = null where reference = 'R-1' and shop_id = 7"), "Our own shop has it already.");
        }
    }

    @Test @Needs("referencesAreUnique") @Promises("reference-once") @DisplayName("whatever shop and reference are made of")
    void anyReferences(Clone clone) throws SQLException {
        var references = new ArrayList<>(List.of("A", "1A", "11A", "A1", "A11", "null", "NULL", "nullA", "-1", "0", "0A", "-1A", "(1,A)", "(,A)", "{NULL,A}", "[null, \"A\"]"));
        for (var separator : List.of("/", "-", ":", ";", "|", ",", ".", "_", "#", " ", ", ", "::", "--", "\t", "\u0001", "\u001f")) {
            references.addAll(List.of(separator + "A", "1" + separator + "A", "A" + separator, "A" + separator + "1", "null" + separator + "A", "0" + separator + "A", "-1" + separator + "A", "1" + separator + "1" + separator + "A"));
        }
        references.addAll(EdgeData.texts().stream().filter(text -> text.length() < 40 && text.equals(text.strip())).toList());
        var shops = Arrays.asList(null, 1L, 11L, 111L, 0L, -1L, 2L, Long.MAX_VALUE, Long.MIN_VALUE);
        var random = RandomData.create();
        try (var app = Sql.connect(clone.app()); var insert = app.prepareStatement(LINE + "(?, ?, 'Thing', 1, 100, 19)")) {
            Sql.execute(app, "delete from app.order_lines");
            app.setAutoCommit(false);
            try (var all = app.prepareStatement("insert into app.order_lines (shop_id, reference, product, quantity, net_cents, vat_percent) select ?, reference, 'Thing', 1, 100, 19 from unnest(?) reference")) {
                for (var shop : shops) {
                    all.setObject(1, shop, Types.BIGINT);
                    all.setArray(2, app.createArrayOf("text", references.stream().distinct().toArray()));
                    Expect.works("Lines with many references, each there once in the shop " + (shop == null ? "NULL" : shop), all::executeUpdate,
                        "No other line of this shop has them. What do you compare: a shop and a reference, or something made of both?");
                }
            }
            app.commit();
            for (int i = 0; i < 20; i++) {
                var shop = random.oneOf(shops);
                var reference = random.oneOf(references);
                insert.setObject(1, shop, Types.BIGINT);
                insert.setString(2, reference);
                Expect.sqlState("Reference '" + reference + "' once more in the shop " + (shop == null ? "NULL" : shop), "23505", insert::executeUpdate, "It is there already.");
                app.rollback();
            }
        }
    }

    @Test @Needs("referencesAreUnique") @Promises("reference-once") @DisplayName("also when two insert it at the same moment")
    void referencesAreUniqueAtOnce(Clone clone) throws Exception {
        for (var isolation : List.of(Isolation.READ_COMMITTED, Isolation.REPEATABLE_READ)) {
            for (var shop : List.of("null", "7")) {
                for (var way : isolation == Isolation.READ_COMMITTED ? List.of("inserts", "updates", "inserts, and the first one gives up") : List.of("inserts")) {
                    var reference = "at once, " + way + " " + isolation;
                    var line = line(shop, reference, "'Thing'", "1", "100", "19");
                    Sql.execute(clone.app(), line(shop, "not " + reference, "'Thing'", "1", "100", "19"));
                    try (var one = isolation.connect(clone.app()); var other = isolation.connect(clone.app())) {
                        one.setAutoCommit(false);
                        other.setAutoCommit(false);
                        Sql.execute(other, "select count(*) from app.order_lines");
                        Sql.execute(one, line);
                        var second = Task.start(() -> {
                            Sql.execute(other, way.equals("updates") ? "update app.order_lines set reference = '" + reference + "' where reference = 'not " + reference + "' and shop_id is not distinct from " + shop : line);
                            other.commit();
                            return "no error";
                        });
                        second.waitsForLock(clone, Sql.pid(other), PATIENCE);
                        if (way.contains("gives up")) {
                            one.rollback();
                            var outcome = second.outcome(PATIENCE);
                            Expect.that("The second one who inserts the reference in the shop " + shop + ", in " + isolation + ", when the first one rolls back", outcome instanceof Task.Outcome.Value,
                                "no error", outcome, "Nobody else has the reference now.");
                        } else {
                            one.commit();
                            var outcome = second.outcome(PATIENCE);
                            Expect.that("The second one who " + way + " the same reference in the shop " + shop + ", in " + isolation, Set.of("23505", "40001").contains(outcome.sqlState()),
                                "SQLSTATE 23505", outcome, "Each looked, and neither saw the other's row.");
                        }
                    }
                }
            }
        }
    }

    @Test @Needs("runs") @Hint(1) @Promises("id-stays") @DisplayName("ids are the table's business")
    void idsAreTheTables(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            Sql.execute(app, line("9", "gave an id", "'Thing'", "1", "100", "19"));
            var own = "insert into app.order_lines (id, shop_id, reference, product, quantity, net_cents, vat_percent) %s "
                + "select id, 9, 'own id', 'Thing', 1, 100, 19 from app.order_lines where reference = 'gave an id'";
            Expect.sqlState("A line that brings an id of its own", "428C9", () -> Sql.execute(app, own.formatted("")), "The draft had it right.");
            Expect.sqlState("A line that insists on the id of another one", "23505", () -> Sql.execute(app, own.formatted("overriding system value")),
                "The draft had it right: no two lines have one id.");
            Expect.sqlState("A line that takes another id", "428C9", () -> Sql.execute(app, "update app.order_lines set id = id + 1000 where reference = 'gave an id'"), "The draft had it right.");
        }
        try (var owner = Sql.connect(clone.owner())) {
            owner.setAutoCommit(false);
            Expect.works("A table of the owner's that refers to app.order_lines, by its key", () -> Sql.execute(owner, """
                create table app.deliveries (line bigint references app.order_lines);
                insert into app.deliveries select id from app.order_lines where reference = 'gave an id'"""), "Which column is the primary key?");
            owner.rollback();
            Expect.works("A line, after three thousand million others", () -> Sql.execute(owner, "alter table app.order_lines alter id restart with 3000000000; "
                + line("9", "of many", "'Thing'", "1", "100", "19")), "The draft had it right: there may be many lines.");
            owner.rollback();
        }
    }

    /** Neither a new line nor an old one can have one of these values in this column. */
    private static void refuses(Connection app, String column, String sqlStates, String... values) throws SQLException {
        Sql.execute(app, line("5", "right", "'Thing'", "1", "100", "19"));
        for (var value : values) {
            for (var statement : List.of("insert into app.order_lines (shop_id, reference, product, quantity, net_cents, vat_percent) values (5, "
                    + List.of("reference", "product", "quantity", "net_cents", "vat_percent").stream()
                        .map(name -> name.equals(column) ? value : switch (name) { case "reference" -> "'wrong'"; case "product" -> "'Thing'"; default -> "1"; })
                        .collect(Collectors.joining(", ")) + ")",
                    "update app.order_lines set " + column + " = " + value + " where shop_id = 5 and reference = 'right'")) {
                var end = "no error at all";
                try {
                    Sql.execute(app, statement);
                } catch (SQLException e) {
                    end = "SQLSTATE " + e.getSQLState() + ", " + e.getMessage();
                }
                Expect.that("A line with " + value + " as its " + column + ", by " + statement.substring(0, 6), end.matches("(?s)SQLSTATE (" + sqlStates.replace(' ', '|') + "),.*"),
                    "SQLSTATE " + sqlStates.replace(" ", " or "), end, sqlStates.equals("23502") ? "A check lets NULL pass." : "A type is the first rule about a column, and seldom the last.");
            }
        }
        Sql.execute(app, "delete from app.order_lines where shop_id = 5");
    }

    private static Rows expected(List<Sale> sales) {
        var rows = Rows.columns("sale", "net", "vat", "gross");
        for (var sale : sales) {
            rows = rows.row(sale.toString(), sale.net().toString(), sale.vat().stripTrailingZeros().toPlainString(), sale.gross().toString());
        }
        return rows;
    }

    private static Rows kept(Connection app, String where, Object... parameters) throws SQLException {
        return Rows.query(app, """
            select reference as sale, trim_scale(net_cents::numeric)::text as net, trim_scale(vat_percent::numeric)::text as vat,
                   trim_scale(gross_cents::numeric)::text as gross
            from app.order_lines""" + " " + where, parameters);
    }

    private static String line(int shop, Sale sale) {
        return LINE + values(shop, sale);
    }

    private static String values(int shop, Sale sale) {
        return "(%s, '%s', 'Thing', %s, %s, %s)".formatted(shop, sale, sale.quantity(), sale.net(), sale.vat().toPlainString());
    }

    private static String line(String shop, String reference, String product, String quantity, String net, String vat) {
        return LINE + "(" + String.join(", ", shop, "'" + reference + "'", product, quantity, net, vat) + ")";
    }

    /** Refused or ignored: what came of it is looked at in the table. */
    private static void attempt(Connection connection, String sql) {
        try {
            Sql.execute(connection, sql);
        } catch (SQLException refused) {
            // The table tells.
        }
    }
}

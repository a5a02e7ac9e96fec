import grading.Clone;
import grading.Expect;
import grading.Hint;
import grading.Needs;
import grading.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.postgresql.PGConnection;

@TestMethodOrder(OrderAnnotation.class)
class BindDoNotBuildTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test @Order(1) @DisplayName("customers are found by a part of their name")
    void finds(Clone clone) throws Exception {
        try (var app = clone.app().connect()) {
            Expect.equal("find(\"kaya\", \"name\")", List.of("Cem 100% Kaya"), find(app, "kaya", "name"),
                "Upper and lower case are alike, and the text may stand anywhere in the name.");
            Expect.equal("find(\"eve\", \"name\")", List.of("Eve Archer"), find(app, "eve", "name"), "The name may begin with it.");
            Expect.equal("find(\"nobody\", \"name\")", List.of(), find(app, "nobody", "name"), "Who is not there is not found.");
        }
    }

    @Test @Order(2) @Needs("finds") @Hint(1) @DisplayName("they come sorted by name, by city or the newest first")
    void sorts(Clone clone) throws Exception {
        try (var app = clone.app().connect()) {
            Expect.equal("find(\"archer\", \"name\")", List.of("Ann Archer", "Ann Archer", "Dora_Dean Archer", "Eve Archer"),
                find(app, "archer", "name"), "What does order by sort by, if its argument is a bound value?");
            Expect.equal("find(\"archer\", \"city\")", List.of("Eve Archer", "Dora_Dean Archer", "Ann Archer", "Ann Archer"),
                find(app, "archer", "city"), "Bern, Oslo, Oslo, Rome; in Oslo the smaller id comes first.");
            Expect.equal("find(\"archer\", \"newest\")", List.of("Dora_Dean Archer", "Ann Archer", "Eve Archer", "Ann Archer"),
                find(app, "archer", "newest"), "newest is not a column; it means the one who joined last first.");
        }
    }

    @Test @Order(3) @Needs("finds") @Hint(1) @DisplayName("Mr O'Brien is a customer like any other")
    void findsQuotes(Clone clone) throws Exception {
        try (var app = clone.app().connect()) {
            Expect.equal("find(\"O'Brien\", \"name\")", List.of("Bob O'Brien"), find(app, "O'Brien", "name"),
                "How does the text get into the statement?");
        }
    }

    @Test @Order(4) @Needs("findsQuotes") @Hint(1) @DisplayName("a search never becomes a statement")
    void runsNothing(Clone clone) throws Exception {
        try (var app = clone.app().connect()) {
            for (var attack : List.of("' or true --", "' union select secret from customers --",
                    "'; update customers set secret = 'stolen'; --", "\\'; delete from customers; --")) {
                Expect.equal("find(\"" + attack + "\", \"name\") finds nobody", List.of(), find(app, attack, "name"),
                    "The input was read as SQL.");
            }
            Expect.equal("the customers after the attacks", 7L, number(clone,
                "select count(*) from customers where secret <> 'stolen'"), "The input was run as SQL.");
        }
    }

    @Test @Order(5) @Needs("runsNothing") @Hint(1) @DisplayName("the statement is the same, whatever is searched for")
    void sendsOneStatement(Clone clone) throws Exception {
        try (var connection = clone.app().connect(); var observer = clone.observer().connect()) {
            var first = sent(observer, connection, "Kaya");
            var second = sent(observer, connection, "O'Brien");
            Expect.that("the statement that PostgreSQL got for two different searches", first.equals(second),
                "one and the same", first + "\nand then\n" + second,
                "A value that is part of the text needs escaping, and whoever escapes by hand forgets a case one day. Bind it.");
        }
    }

    @Test @Order(6) @Needs("runsNothing") @Hint(1) @DisplayName("percent sign, underscore and backslash are characters like any other")
    void findsWildcards(Clone clone) throws Exception {
        try (var app = clone.app().connect()) {
            Expect.equal("find(\"%\", \"name\")", List.of("Cem 100% Kaya"), find(app, "%", "name"), "% has a meaning in like.");
            Expect.equal("find(\"_\", \"name\")", List.of("Dora_Dean Archer"), find(app, "_", "name"), "_ has a meaning in like.");
            Expect.equal("find(\"\\\", \"name\")", List.of("Fay Back\\Slash"), find(app, "\\", "name"), "\\ has a meaning in like.");
        }
    }

    @Test @Order(7) @Needs("sorts") @Hint(2) @DisplayName("any other sort is refused before the database is asked")
    void refusesOtherSorts(Clone clone) throws Exception {
        var closed = clone.app().connect();
        closed.close();
        for (var sort : List.of("secret", "name; delete from customers", "1", "name desc", "NAME", "")) {
            Expect.equal("find(\"archer\", \"" + sort + "\")", "IllegalArgumentException", outcome(closed, sort),
                "Only three words are allowed: name, city, newest. Sorting by a column that is not shown tells what is in it.");
        }
    }

    private static List<String> find(Connection connection, String text, String sort) throws Exception {
        var call = "find(\"" + text + "\", \"" + sort + "\") answers";
        return Expect.within(call, PATIENCE, () -> {
            try {
                return new CustomerSearch().find(connection, text, sort);
            } catch (SQLException e) {
                Expect.that(call, false, "a list of names", e.getSQLState() + " " + e.getMessage(), "What did PostgreSQL read?");
                return List.of();
            }
        });
    }

    /** The statement as the server saw it last on this connection, without its values where they were bound. */
    private static String sent(Connection observer, Connection connection, String text) throws Exception {
        Expect.within("find(\"" + text + "\", \"name\") answers", PATIENCE, () -> new CustomerSearch().find(connection, text, "name"));
        var pid = connection.unwrap(PGConnection.class).getBackendPID();
        return String.valueOf(Rows.query(observer, "select query from pg_stat_activity where pid = ?", pid)
            .values().getFirst().getFirst());
    }

    /** A connection that is closed tells whether the sort is looked at first. */
    private static String outcome(Connection closed, String sort) throws Exception {
        return Expect.within("find with the sort \"" + sort + "\" answers", PATIENCE, () -> {
            try {
                return "the names " + new CustomerSearch().find(closed, "archer", sort);
            } catch (IllegalArgumentException e) {
                return "IllegalArgumentException";
            } catch (SQLException e) {
                return "the database was asked";
            }
        });
    }

    private static long number(Clone clone, String sql) throws SQLException {
        try (var connection = clone.owner().connect()) {
            return ((Number) Rows.query(connection, sql).values().getFirst().getFirst()).longValue();
        }
    }
}

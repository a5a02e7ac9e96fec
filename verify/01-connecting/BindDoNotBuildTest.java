import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.*;

class BindDoNotBuildTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What has a meaning somewhere: in like and its escapes, in regular expressions, in SQL, in JDBC. */
    private static final List<String> MEANINGFUL = List.of("%%", "_%", "\\%", "\\\\", "!%", "!!", "a!b", "a\\b", "***=", "(?i)a", "\\E", "\\Q", "''", "''''",
        "$$", "$a$", "{fn now()}", "??",
        ":text", "/*", "*/", ";--", "\\x41", "\\u0041", ".*", "[a-z]", "a.c",
        "a_c", "a%c", "(", "^a", "a$", "a|c", "  ", "' ", "&lt;", "${x}", "#{x}", "\\1", "%s", "%n", "{0}");

    /** Letters that look alike and are not, with no other case: an accent of its own or not, wide or not, blanks of several kinds. */
    private static final List<String> LOOK_ALIKE = List.of("e\u0301", "\u00e9", "o\u0308", "\u00f6", "ａ", "\u00a0", "\u3000", "ー", "ｰ", "日本", "‘", "´", "👩‍🚀");

    private record Customer(long id, String name, String city, LocalDate joined) { }

    @Test @DisplayName("customers are found by a part of their name")
    @Promises("found")
    void finds(Clone clone) throws Exception {
        try (var app = clone.app().connect()) {
            Expect.equal("find(\"kaya\", \"name\")", List.of("Cem 100% Kaya"), find(app, "kaya", "name"),
                "Upper and lower case are alike, and the text may stand anywhere in the name.");
            Expect.equal("find(\"EVE\", \"name\")", List.of("Eve Archer"), find(app, "EVE", "name"), "The name may begin with it, and upper and lower case are alike.");
            Expect.equal("find(\"e A\", \"name\")", List.of("Eve Archer", "Zoe Archer"), find(app, "e A", "name"), "The text may stand anywhere in the name.");
            Expect.equal("find(\"nobody\", \"name\")", List.of(), find(app, "nobody", "name"), "Who is not there is not found.");
        }
    }

    @Test @Needs("finds") @Hint(1) @DisplayName("upper and lower case are alike in every alphabet")
    @Promises("found")
    void findsInEveryAlphabet(Clone clone) throws Exception {
        if (Sql.text(clone.app(), "select lower('Ü')").equals("Ü")) {
            return; // before version 17, a database without a locale knows upper and lower case from A to Z only
        }
        try (var app = clone.app().connect()) {
            for (var text : List.of("jörg müller", "RG MÜL", "ÖRG")) {
                Expect.equal("find(\"" + text + "\", \"name\")", List.of("Jörg MÜLLER"), find(app, text, "name"), "Whose lower case is it?");
            }
            Expect.equal("find(\"weiß\", \"name\")", List.of("Ida Weiß"), find(app, "weiß", "name"), "Whose lower case is it?");
            for (var text : List.of("жукова", "ЗОЯ")) {
                Expect.equal("find(\"" + text + "\", \"name\")", List.of("Зоя Жукова"), find(app, text, "name"), "Whose lower case is it?");
            }
            Expect.equal("find(\"ΝΙΚΟΣ\", \"name\")", List.of("ΝΙΚΟΣ ΠΑΠΠΑΣ"), find(app, "ΝΙΚΟΣ", "name"),
                "Whose lower case is it? The small letter of Σ is σ, or ς at the end of a word, and not everybody agrees where that is.");
        }
    }

    @Test @Needs("finds") @Hint(1) @DisplayName("they come sorted by name, by city or the newest first")
    @Promises("sorted")
    void sorts(Clone clone) throws Exception {
        try (var app = clone.app().connect()) {
            Expect.equal("find(\"archer\", \"name\")", List.of("Ann Archer", "Ann Archer", "Dora_Dean Archer", "Eve Archer", "Zoe Archer"),
                find(app, "archer", "name"), "What does order by sort by, if its argument is a bound value?");
            Expect.equal("find(\"archer\", \"city\")", List.of("Eve Archer", "Zoe Archer", "Dora_Dean Archer", "Ann Archer", "Ann Archer"),
                find(app, "archer", "city"), "Bern, Bern, Oslo, Oslo, Rome; in one city the smaller id comes first.");
            Expect.equal("find(\"archer\", \"newest\")", List.of("Dora_Dean Archer", "Ann Archer", "Eve Archer", "Ann Archer", "Zoe Archer"),
                find(app, "archer", "newest"), "newest is not a column; it means the one who joined last first.");
        }
    }

    @Test @Needs("finds") @Hint(1) @DisplayName("Mr O'Brien is a customer like any other")
    @Promises("nothing-else")
    void findsQuotes(Clone clone) throws Exception {
        try (var app = clone.app().connect()) {
            Expect.equal("find(\"O'Brien\", \"name\")", List.of("Bob O'Brien"), find(app, "O'Brien", "name"),
                "How does the text get into the statement?");
        }
    }

    @Test @Needs("findsQuotes") @Hint(1) @DisplayName("a search never becomes a statement")
    @Promises("nothing-else")
    void runsNothing(Clone clone) throws Exception {
        var before = CatalogSnapshot.withRows(clone);
        try (var app = clone.app().connect()) {
            for (var attack : List.of("' or true --", "' union select secret from customers --",
                    "'; update customers set secret = 'stolen'; --", "\\'; delete from customers; --")) {
                Expect.equal("find(\"" + attack + "\", \"name\") finds nobody", List.of(), find(app, attack, "name"),
                    "The input was read as SQL.");
            }
        }
        Expect.nothingElseChanged("what the attacks changed", before, CatalogSnapshot.withRows(clone), "The input was run as SQL.");
    }

    @Test @Needs("runsNothing") @Hint(1) @DisplayName("the statement is the same, whatever is searched for")
    @Promises("bound")
    void sendsOneStatement(Clone clone) throws Exception {
        try (var connection = clone.app().connect(); var observer = Sql.connect(clone.observer())) {
            var first = sent(observer, connection, "Kaya");
            for (var text : List.of("O'Brien", "a\\b%", "$1", "42", "Bob", "", " ", "_", "Ann Archer", "Jörg", "x".repeat(300))) {
                var other = sent(observer, connection, text);
                Expect.that("the statement that PostgreSQL got for two different searches", first.equals(other),
                    "one and the same", first + "\nand then\n" + other,
                    "A value that is part of the text needs escaping, and whoever escapes by hand forgets a case one day. Bind it.");
            }
        }
    }

    @Test @Needs("runsNothing") @Hint(1) @DisplayName("percent sign, underscore and backslash are characters like any other")
    @Promises("nothing-else")
    void findsWildcards(Clone clone) throws Exception {
        try (var app = clone.app().connect()) {
            Expect.equal("find(\"%\", \"name\")", List.of("Cem 100% Kaya"), find(app, "%", "name"), "% has a meaning in like.");
            Expect.equal("find(\"_\", \"name\")", List.of("Dora_Dean Archer"), find(app, "_", "name"), "_ has a meaning in like.");
            Expect.equal("find(\"\\\", \"name\")", List.of("Fay Back\\Slash"), find(app, "\\", "name"), "\\ has a meaning in like.");
        }
    }

    @Test @Needs("findsWildcards") @Fresh @Hint(1) @DisplayName("so is everything else that can be typed")
    @Promises({"nothing-else", "found"})
    void findsEverything(Clone clone) throws Exception {
        var texts = Stream.of(MEANINGFUL.stream(), EdgeData.texts().stream().filter(BindDoNotBuildTest::isPlain), punctuation(), LOOK_ALIKE.stream())
            .flatMap(all -> all).distinct().toList();
        var names = new ArrayList<>(List.of("abc", "aXc", "ab", "aab", "a b", "Zed Q", "ZedQ", "null", "A", "AAA", "41", "u0041", " blank ", "tab\t"));
        texts.forEach(text -> names.add("Zed" + text + "Q"));
        var customers = new ArrayList<Customer>();
        names.forEach(name -> customers.add(new Customer(customers.size(), name, "Bonn", LocalDate.EPOCH)));
        fill(clone, customers);
        try (var app = clone.app().connect()) {
            for (var text : texts) {
                var expected = names.stream().filter(name -> contains(name, text)).sorted().toList();
                var found = find(app, text, "name").stream().sorted().toList();
                Expect.equal("find(\"" + text + "\", \"name\"), in any order", expected, found, "It was typed as it is. What has been made of it? (Two texts may look alike and differ: é is one character, or two.)");
            }
        }
    }

    @Test @Needs("sorts") @Fresh @Hint(1) @DisplayName("hundreds of customers come in the same order, and equal ones by id")
    @Promises({"sorted", "found"})
    void sortsMany(Clone clone) throws Exception {
        var random = RandomData.create();
        var customers = new ArrayList<Customer>();
        for (int i = 0; i < 700; i++) {
            customers.add(new Customer(100 + i * 7L, capital(random.word(random.number(1, 3))) + random.oneOf(List.of("er", "ER", "ert", "")),
                random.oneOf(List.of("Bern", "Lima", "Oslo", "Rome")),
                LocalDate.of(1965, 1, 1).plusDays(random.number(0, 30) * 700L)));
        }
        Collections.shuffle(customers, new Random(random.number(0, 1_000_000)));
        fill(clone, customers);
        customers.sort(Comparator.comparing(Customer::id));
        try (var app = clone.app().connect()) {
            isSorted(app, customers, "city", Comparator.comparing(Customer::city));
            isSorted(app, customers, "newest", Comparator.comparing(Customer::joined).reversed());
        }
    }

    private static void isSorted(Connection app, List<Customer> byId, String sort, Comparator<Customer> order) throws Exception {
        var expected = byId.stream().filter(customer -> contains(customer.name(), "er")).sorted(order).map(Customer::name).toList();
        var found = find(app, "er", sort);
        Expect.equal("find(\"er\", \"" + sort + "\"): how many customers", expected.size(), found.size(), "Each of them.");
        for (int i = 0; i < expected.size(); i++) {
            Expect.equal("find(\"er\", \"" + sort + "\"): number " + (i + 1), expected.get(i), found.get(i), "Customers who are equal in that are sorted by id.");
        }
    }

    @Test @Needs("sorts") @Hint(2) @DisplayName("any other sort is refused before the database is asked")
    @Promises("other-sort")
    void refusesOtherSorts(Clone clone) throws Exception {
        try (var connection = clone.app().connect(); var observer = Sql.connect(clone.observer())) {
            Sql.execute(connection, "select 'before'");
            var before = lastSent(observer, connection);
            var sorts = new ArrayList<>(List.of("secret", "name; delete from customers", "1", "name desc", "name, id", "joined",
                "id", "NAME", "City", " newest", "newest ", "name\n", "newest\n", "city\r\n", "\nname", "name\ncity", "name\0", "", "nam", "names", "null"));
            sorts.add(null);
            for (var sort : sorts) {
                var shown = sort == null ? "null" : "\"" + sort.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0") + "\"";
                Expect.equal("find(\"archer\", " + shown + ")", "IllegalArgumentException", outcome(connection, sort),
                    "Only three words are allowed: name, city, newest. Sorting by a column that is not shown tells what is in it.");
                Expect.equal("what was sent last on the connection, after find(\"archer\", " + shown + ")", before, lastSent(observer, connection),
                    "The database is not asked. Who knows which words are allowed?");
            }
        }
    }

    private static Stream<String> punctuation() {
        return "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".chars().mapToObj(Character::toString);
    }

    /** Without letters whose upper and lower case is a matter of opinion. */
    private static boolean isPlain(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c < 128);
    }

    private static boolean contains(String name, String text) {
        return name.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static void fill(Clone clone, List<Customer> customers) throws SQLException {
        Sql.execute(clone.owner(), "truncate customers");
        try (var connection = Sql.connect(clone.owner());
                var insert = connection.prepareStatement("insert into customers values (?, ?, ?, ?, 'a secret')")) {
            for (var customer : customers) {
                insert.setLong(1, customer.id());
                insert.setString(2, customer.name());
                insert.setString(3, customer.city());
                insert.setObject(4, customer.joined());
                insert.addBatch();
            }
            insert.executeBatch();
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
        find(connection, text, "name");
        return String.valueOf(Rows.query(observer, "select query from pg_stat_activity where pid = ?", Sql.pid(connection)).values().getFirst().getFirst());
    }

    private static String lastSent(Connection observer, Connection connection) throws SQLException {
        return String.valueOf(Rows.query(observer, "select query || ' at ' || query_start from pg_stat_activity where pid = ?", Sql.pid(connection))
            .values().getFirst().getFirst());
    }

    private static String outcome(Connection connection, String sort) throws Exception {
        return Expect.within("find with the sort \"" + sort + "\" answers", PATIENCE, () -> {
            try {
                return "the names " + new CustomerSearch().find(connection, "archer", sort);
            } catch (IllegalArgumentException e) {
                return "IllegalArgumentException";
            } catch (SQLException | RuntimeException e) {
                return e.toString();
            }
        });
    }
}

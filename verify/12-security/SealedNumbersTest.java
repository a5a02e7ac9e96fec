import grading.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import lab.tls.ManInTheMiddle;
import org.junit.jupiter.api.*;
import org.postgresql.PGConnection;

/** A clinic adds, finds and rotates; in between somebody reads the line, copies values, damages bytes and holds rows. */
class SealedNumbersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Map<Integer, SecretKey> KEYS = new HashMap<>();
    private static final SecretKey INDEX_KEY = key("HmacSHA256");

    static {
        for (var number : List.of(0, 1, 2, 77, 127)) {
            KEYS.put(number, key("AES"));
        }
    }

    @BeforeEach void empty(Clone clone) throws SQLException {
        Sql.execute(clone.owner(), "truncate app.patients");
    }

    @Test @Hint(1) @Promises("sealed") @DisplayName("a number comes back as it was added")
    void comesBack(Clone clone) throws Exception {
        var numbers = numbers(1);
        try (var app = Sql.connect(clone.app())) {
            var ids = new HashMap<UUID, String>();
            for (var text : EdgeData.texts()) {
                if (!text.isBlank() && text.length() < 1000 || text.isEmpty()) {
                    var id = UUID.randomUUID();
                    ids.put(id, "7" + ids.size() + text);
                    within("add(…, \"" + ids.get(id) + "\")", () -> numbers.add(app, id, "somebody", ids.get(id)));
                }
            }
            var padded = UUID.randomUUID();
            ids.put(padded, " padded -");
            numbers.add(app, padded, "somebody", ids.get(padded));
            for (var id : ids.keySet()) {
                Expect.equal("numberOf, after add(…, \"" + ids.get(id) + "\")", Optional.of(ids.get(id)), numberOf(numbers, app, id), "Letter by letter. In which encoding?");
            }
            Expect.equal("numberOf for an id that nobody has", Optional.empty(), numberOf(numbers, app, UUID.randomUUID()), "Nobody has no number.");
            Expect.equal("Names that are stored", List.of(List.of("somebody")), Sql.query(clone.owner(), "select distinct name from app.patients").values(), "Only the number is sealed.");
        }
    }

    @Test @Needs("comesBack") @Hint(1) @Promises("tells-nothing") @DisplayName("neither number nor key goes to the server")
    void tellsNothing(Clone clone) throws Exception {
        var number = "850-" + UUID.randomUUID().toString().substring(0, 8) + "-1";
        try (var man = ManInTheMiddle.listening(clone.app()); var app = Sql.connect(man.login())) {
            var numbers = numbers(1);
            var id = UUID.randomUUID();
            numbers.add(app, id, "Ann", number);
            numbers.find(app, number);
            numbers.numberOf(app, id);
            try {
                numbers(2).rotate(app, 10);
            } catch (GeneralSecurityException e) {
                // whether it opens what it should, another check asks
            }
            for (var secret : shapes(number.getBytes())) {
                Expect.that("What went by on the line to the server", !man.saw(secret), "no number", "\"" + secret + "\"", "Who reads the log of all statements, or the line, reads it there.");
            }
            for (var key : List.of(KEYS.get(1), KEYS.get(2), INDEX_KEY)) {
                for (var secret : shapes(key.getEncoded())) {
                    Expect.that("What went by on the line to the server", !man.saw(secret), "no key", "a key", "A key stays where the values are sealed.");
                }
            }
        }
    }

    @Test @Needs("comesBack") @Hint(1) @Promises("tells-nothing") @DisplayName("what is sealed differs each time")
    void differs(Clone clone) throws Exception {
        try (var app = Sql.connect(clone.app())) {
            var id = UUID.randomUUID();
            var seen = new ArrayList<String>();
            for (int i = 0; i < 20; i++) {
                numbers(1).add(app, id, "Ann", "850-11-2233");
                seen.add(HexFormat.of().formatHex(sealed(app, id)));
                Sql.execute(app, "delete from app.patients");
            }
            Expect.equal("Different values, of one number sealed twenty times", 20L, seen.stream().distinct().count(), "Equal values would say who has equal numbers, and one nonce used twice would say more.");
            Expect.equal("Different beginnings after the first byte, of twelve bytes", 20L, seen.stream().map(hex -> hex.substring(2, Math.min(hex.length(), 26))).distinct().count(),
                "Where is the nonce, and who chose it?");
            Expect.that("A sealed number", seen.stream().noneMatch(hex -> hex.contains(HexFormat.of().formatHex("850-11-2233".getBytes()))), "not the number itself", seen.getFirst(), "That is to be sealed.");
        }
    }

    @Test @Needs("comesBack") @Hint(1) @Promises("found") @DisplayName("a patient is found by the number, however it is written")
    void finds(Clone clone) throws Exception {
        try (var app = Sql.connect(clone.app())) {
            UUID ann = UUID.randomUUID(), bob = UUID.randomUUID();
            numbers(1).add(app, ann, "Ann", "850-11-2233");
            numbers(2).add(app, bob, "Bob", "AB 12 34c");
            for (var written : List.of("850-11-2233", "850112233", "850 11 2233", " 8501-1223 3 ", "8-5-0-1-1-2-2-3-3-")) {
                Expect.equal("find(\"" + written + "\")", Optional.of(ann), find(numbers(77), app, written), "Blanks and hyphens do not count.");
            }
            Expect.equal("find(\"AB1234c\")", Optional.of(bob), find(numbers(1), app, "AB1234c"), "Not all numbers are digits.");
            for (var other : List.of("850112234", "85011223", "0850112233", "850.11.2233", "850112233x", "AB1234", "AB1234C", "ab1234c", "1234", "AC1234c", "850/112233", "850\u201311\u20132233", "850\u00a011\u00a02233", "850\t112233", "850_112233", "850\u2212112233", "850\u200b112233", "")) {
                Expect.equal("find(\"" + other + "\")", Optional.empty(), find(numbers(1), app, other), "All but blanks and hyphens counts.");
            }
        }
    }

    @Test @Needs("finds") @Hint(1) @Promises("once") @DisplayName("a number is there once")
    void once(Clone clone) throws Exception {
        try (var app = Sql.connect(clone.app())) {
            var ann = UUID.randomUUID();
            numbers(1).add(app, ann, "Ann", "850-11-2233");
            for (var written : List.of("850-11-2233", "850112233", "85 01-12233")) {
                Expect.sqlState("Adding \"" + written + "\" when 850-11-2233 is there", "23505", () -> numbers(2).add(app, UUID.randomUUID(), "Eve", written),
                    "The column is unique; what is written into it?");
            }
            Expect.equal("numberOf, as it was written", Optional.of("850-11-2233"), numberOf(numbers(1), app, ann), "The number is as it was, with hyphens and all.");
            within("Adding another number", () -> numbers(2).add(app, UUID.randomUUID(), "Eve", "850-11-2234"));
        }
    }

    @Test @Needs("finds") @Hint(1) @Promises("keyed") @DisplayName("the index says nothing to who has no key")
    void keyed(Clone clone) throws Exception {
        try (var app = Sql.connect(clone.app())) {
            var indexes = new ArrayList<String>();
            for (var indexKey : List.of(INDEX_KEY, key("HmacSHA256"), INDEX_KEY)) {
                new Numbers(KEYS, 1, indexKey).add(app, UUID.randomUUID(), "Ann", "850-11-2233");
                indexes.add(Sql.text(clone.owner(), "select encode(number_index, 'hex') from app.patients"));
                Sql.execute(app, "delete from app.patients");
            }
            Expect.that("The index of one number, under two keys", !indexes.get(0).equals(indexes.get(1)), "two values", indexes.get(0) + " both times",
                "A hash that anybody can compute is tried with all numbers in minutes.");
            Expect.equal("The index of one number, twice under one key", indexes.get(0), indexes.get(2), "Or nobody finds it.");
            Expect.that("The index", indexes.get(0).length() >= 32, "16 bytes or more", indexes.get(0), "So few bytes are soon equal for two numbers.");
            new Numbers(KEYS, 1, INDEX_KEY).add(app, UUID.randomUUID(), "Ann", "850-11-2233");
            Expect.equal("find, with another indexKey", Optional.empty(), find(new Numbers(KEYS, 1, key("HmacSHA256")), app, "850-11-2233"), "What is the key for?");
            var others = new HashMap<>(KEYS);
            others.replaceAll((number, key) -> key("AES"));
            Expect.that("find, with the same indexKey and other keys", find(new Numbers(others, 2, INDEX_KEY), app, "850-11-2233").isPresent(), "found", "nobody",
                "The index has a key of its own, or rotation would lose everybody.");
        }
    }

    @Test @Needs("comesBack") @Hint(1) @Promises("in-its-place") @DisplayName("a value opens in its place only")
    void inItsPlace(Clone clone) throws Exception {
        try (var app = Sql.connect(clone.app())) {
            UUID ann = UUID.randomUUID(), bob = UUID.randomUUID();
            var numbers = numbers(1);
            numbers.add(app, ann, "Ann", "850-11-2233");
            numbers.add(app, bob, "Bob", "850-44-5566");
            var own = sealed(app, ann);
            put(app, ann, sealed(app, bob));
            refused("numberOf of Ann, with Bob's value in her row", () -> numbers.numberOf(app, ann), "Whose value it is must be bound to it.");
            for (int i = 0; i < own.length; i++) {
                var damaged = own.clone();
                damaged[i] ^= (byte) (i % 2 == 0 ? 128 : 1);
                put(app, ann, damaged);
                refused("numberOf, with byte " + i + " of " + own.length + " changed", () -> numbers.numberOf(app, ann), "Who may read what was changed by somebody else?");
            }
            for (int length : List.of(own.length - 1, own.length / 2, 20, 13, 5, 1, 0)) {
                put(app, ann, java.util.Arrays.copyOf(own, Math.min(length, own.length - 1)));
                refused("numberOf, with the first " + length + " bytes of the value alone", () -> numbers.numberOf(app, ann), "A value may be cut off, too.");
            }
            put(app, ann, own);
            Expect.equal("numberOf, with the value put back", Optional.of("850-11-2233"), numberOf(numbers, app, ann), "That is hers.");
        }
    }

    @Test @Needs("comesBack") @Hint(2) @Promises("keys") @DisplayName("values open under the key that sealed them")
    void keys(Clone clone) throws Exception {
        try (var app = Sql.connect(clone.app())) {
            for (var current : KEYS.keySet()) {
                var id = UUID.randomUUID();
                numbers(current).add(app, id, "somebody", "number " + current);
                for (var reader : KEYS.keySet()) {
                    var what = "numberOf when key " + reader + " is current, of a value under key " + current;
                    Expect.works(what, () -> Expect.equal(what, Optional.of("number " + current), numberOf(numbers(reader), app, id), "How does a value say which key it is under?"),
                        "How does a value say which key it is under?");
                }
                var alone = new Numbers(Map.of(current, KEYS.get(current)), current, INDEX_KEY);
                Expect.works("numberOf with key " + current + " alone, of a value sealed when that was current", () -> alone.numberOf(app, id), "What is sealed under the current key needs no other.");
                Expect.equal("numberOf with key " + current + " alone, of a value under it", Optional.of("number " + current), numberOf(alone, app, id), "What is sealed under the current key needs no other.");
                var others = new HashMap<>(KEYS);
                others.remove(current);
                var other = others.keySet().iterator().next();
                refused("numberOf without key " + current + ", of a value under it", () -> new Numbers(others, other, INDEX_KEY).numberOf(app, id), "Which exception says that a key is missing?");
            }
        }
    }

    @Test @Needs("keys") @Hint(2) @Promises("rotate") @DisplayName("rotate seals anew what is under other keys, so many at a time")
    void rotates(Clone clone) throws Exception {
        try (var app = Sql.connect(clone.app())) {
            var ids = people(app, 25);
            var untouched = UUID.randomUUID();
            numbers(127).add(app, untouched, "Zoe", "already there");
            var before = sealed(app, untouched);
            var indexes = Sql.query(clone.owner(), "select id, encode(number_index, 'hex') from app.patients order by id");
            var counts = new ArrayList<Integer>();
            for (int i = 0; i < 5; i++) {
                counts.add(rotate(numbers(127), app, 10));
            }
            Expect.equal("What rotate(…, 10) returns, five times, for 25 numbers under other keys", List.of(10, 10, 5, 0, 0), counts, "At most so many, and the number of them.");
            var alone = new Numbers(Map.of(127, KEYS.get(127)), 127, INDEX_KEY);
            for (int i = 0; i < ids.size(); i++) {
                Expect.equal("numberOf with the new key alone, of number " + i, Optional.of("number " + i), numberOf(alone, app, ids.get(i)), "Which values are under which key now?");
            }
            Expect.that("A value that was under the current key", java.util.Arrays.equals(before, sealed(app, untouched)), "as it was", "sealed anew", "There was nothing to do for it.");
            Expect.tableInOrder("The indexes after it", indexes, Sql.query(clone.owner(), "select id, encode(number_index, 'hex') from app.patients order by id"), "The key of the index has not changed.");
            Expect.equal("What rotate returns for an empty table", 0, emptied(clone, app), "None.");
        }
    }

    private static int emptied(Clone clone, Connection app) throws Exception {
        Sql.execute(clone.owner(), "truncate app.patients");
        return rotate(numbers(127), app, 10);
    }

    @Test @Needs("rotates") @Hint(2) @Promises("nobody-waits") @DisplayName("rotate leaves rows for later that others hold")
    void waitsForNobody(Clone clone) throws Exception {
        try (var app = Sql.connect(clone.app()); var other = Sql.connect(clone.app())) {
            var ids = people(app, 6);
            other.setAutoCommit(false);
            Sql.execute(other, "update app.patients set name = 'held' where id = '" + ids.get(2) + "'");
            Expect.equal("What rotate(…, 100) returns, while somebody holds one of six rows", 5, rotate(numbers(127), app, 100), "It waits for nobody.");
            other.commit();
            Expect.equal("And when the row is free", 1, rotate(numbers(127), app, 100), "It is left for later, not for ever.");
            for (int key = 0; key < 3; key++) {
                var lock = List.of("for share", "for key share", "for no key update").get(key);
                Rows.query(other, "select from app.patients where id = ? " + lock, ids.get(1));
                var done = rotate(numbers(key), app, 100);
                Expect.that("What rotate(…, 100) returns, while somebody holds one of six rows " + lock, done >= 5, "at least 5", done, "It waits for nobody.");
                other.commit();
                Expect.equal("And when the row is free", 6 - done, rotate(numbers(key), app, 100), "It is left for later, not for ever.");
            }
        }
    }

    @Test @Needs("waitsForNobody") @Hint(1) @Promises("nobody-waits") @DisplayName("what others change meanwhile is not lost")
    void losesNothing(Clone clone) throws Exception {
        try (var app = Sql.connect(clone.app()); var other = Sql.connect(clone.app())) {
            var ids = people(app, 3);
            Sql.execute(other, "set lock_timeout = '100ms'");
            var changed = new ArrayList<UUID>();
            var held = new ArrayList<UUID>();
            Hook meanwhile = () -> {
                for (var id : ids) {
                    if (!changed.contains(id) && !held.contains(id)) {
                        (changes(other, id) ? changed : held).add(id);
                    }
                }
            };
            rotate(numbers(127), afterQueries(app, meanwhile), 100);
            for (var id : ids) {
                Expect.equal("numberOf, after somebody " + (changed.contains(id) ? "changed the number while rotate was running" : "was kept from changing it"),
                    Optional.of(changed.contains(id) ? "new " + id : "number " + ids.indexOf(id)), numberOf(numbers(127), app, id),
                    "Between reading a row and writing it, it may change. Who keeps others away, or notices?");
            }
        }
    }

    @Test @Needs("rotates") @Hint(1) @Promises("all-or-nothing") @DisplayName("a value that does not open ends it, and nothing has changed")
    void allOrNothing(Clone clone) throws Exception {
        try (var app = Sql.connect(clone.app())) {
            var ids = people(app, 8);
            for (var damaged : List.of(0, 4, 7)) {
                var own = sealed(app, ids.get(damaged));
                var broken = own.clone();
                broken[own.length - 1] ^= 1;
                put(app, ids.get(damaged), broken);
                var before = CatalogSnapshot.withRows(clone);
                var lent = ConnectionState.of(app);
                refused("rotate, with one damaged value among eight", () -> numbers(127).rotate(app, 100), "Who must hear of it?");
                Expect.asLent("The connection after it", lent, ConnectionState.of(app), "However it ends. Autocommit was on.");
                Expect.nothingElseChanged("What it has changed", before, CatalogSnapshot.withRows(clone), "Nothing, or all.");
                put(app, ids.get(damaged), own);
            }
            var lent = ConnectionState.of(app);
            Expect.equal("What rotate returns when all open again", 8, rotate(numbers(127), app, 100), "Nothing stands in its way.");
            Sql.execute(app, "delete from app.patients");
            var few = people(app, 8);
            for (var bytes : List.of(0, 1, 12, 13)) {
                put(app, few.getLast(), new byte[bytes]);
                var before = CatalogSnapshot.withRows(clone);
                refused("rotate, with a value of " + bytes + " bytes", () -> numbers(127).rotate(app, 100), "A value may be cut off, too.");
                Expect.nothingElseChanged("What it has changed, where a value has " + bytes + " bytes", before, CatalogSnapshot.withRows(clone), "Nothing, or all.");
            }
            Sql.execute(app, "delete from app.patients");
            var many = people(app, 240);
            for (var damaged : List.of(0, 239)) {
                var own = sealed(app, many.get(damaged));
                put(app, many.get(damaged), java.util.Arrays.copyOf(own, own.length - 1));
                var before = CatalogSnapshot.withRows(clone);
                refused("rotate, with one damaged value among hundreds", () -> numbers(127).rotate(app, 1000), "Who must hear of it?");
                Expect.nothingElseChanged("What it has changed, where the first or the last of hundreds is damaged", before, CatalogSnapshot.withRows(clone), "Nothing, or all.");
                put(app, many.get(damaged), own);
            }
            Expect.asLent("The connection after it", lent, ConnectionState.of(app), "However it ends. Autocommit was on.");
        }
    }

    @Test @Needs("allOrNothing") @Hint(1) @Promises("all-or-nothing") @DisplayName("the connection comes back as it was lent, with all that was set, however it ends")
    void asItWasLent(Clone clone) throws Exception {
        try (var app = Sql.connect(clone.app())) {
            var ids = people(app, 4);
            app.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            app.unwrap(PGConnection.class).setPrepareThreshold(3);
            Sql.execute(app, "set time zone 'Asia/Kathmandu'; set search_path = pg_catalog, app; set lock_timeout = '7s'; set statement_timeout = '9s'; set work_mem = '5MB'; set default_transaction_deferrable = on");
            var lent = ConnectionState.of(app);
            var lookAt = "However it ends, and whatever its settings were. Which of them did you need to change?";
            Expect.equal("What rotate(…, 2) returns, on a connection that is set to SERIALIZABLE", 2, rotate(numbers(127), app, 2), "Nothing stands in its way.");
            Expect.asLent("The connection after rotate(…, 2)", lent, ConnectionState.of(app), lookAt);
            rotate(numbers(127), app, 2);
            Expect.equal("What rotate returns, when there is none left", 0, rotate(numbers(127), app, 2), "None.");
            Expect.asLent("The connection after rotate, when there is none left", lent, ConnectionState.of(app), lookAt);
            var broken = sealed(app, ids.getFirst());
            broken[broken.length - 1] ^= 1;
            put(app, ids.getFirst(), broken);
            refused("rotate, with one damaged value among four", () -> numbers(0).rotate(app, 100), "Who must hear of it?");
            Expect.asLent("The connection after rotate with a damaged value", lent, ConnectionState.of(app), lookAt);
            put(app, ids.getFirst(), sealed(app, ids.getLast()));
            refused("rotate, with a value of somebody else among four", () -> numbers(0).rotate(app, 100), "Who must hear of it?");
            Expect.asLent("The connection after rotate with a value of somebody else", lent, ConnectionState.of(app), lookAt);
            Sql.execute(app, "delete from app.patients where id = '" + ids.getFirst() + "'");
            for (var failure : List.of(new SQLException("a failure of the line", "58030"), new IllegalStateException("a bug"), new AssertionError("an error"))) {
                Hook fails = () -> {
                    throw Faults.sneak(failure);
                };
                try {
                    rotate(numbers(0), afterQueries(app, fails), 100);
                } catch (Exception | AssertionError e) {
                    // It ends, in whatever way.
                }
                Expect.asLent("The connection after rotate, when a statement ends with " + failure, lent, ConnectionState.of(app), lookAt);
            }
        }
    }

    /** Something that happens meanwhile. */
    private interface Hook {
        void happens() throws Exception;
    }

    /** The same connection; after each query of the answer something happens. */
    private static Connection afterQueries(Connection real, Hook hook) {
        return (Connection) wrapped(real, Connection.class, hook);
    }

    private static Object wrapped(Object real, Class<?> type, Hook hook) {
        return Proxy.newProxyInstance(SealedNumbersTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            try {
                var result = method.invoke(real, arguments);
                if (real instanceof Statement && method.getName().startsWith("execute")) {
                    hook.happens();
                }
                return result instanceof Statement && method.getReturnType().isInterface() && Statement.class.isAssignableFrom(method.getReturnType())
                    ? wrapped(result, method.getReturnType(), hook) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    /** Somebody changes a number, unless its row is held. */
    private static boolean changes(Connection other, UUID id) throws Exception {
        var spare = UUID.randomUUID();
        other.setAutoCommit(false);
        try {
            Sql.execute(other, "delete from app.patients where id = '" + id + "'");
            numbers(1).add(other, id, "changed", "new " + id);
            other.commit();
            return true;
        } catch (SQLException e) {
            other.rollback();
            return false;
        } finally {
            other.setAutoCommit(true);
        }
    }

    @Test @Needs("waitsForNobody") @Hint(2) @Promises({"rotate", "nobody-waits"}) @DisplayName("where some are held it takes others")
    void takesOthers(Clone clone) throws Exception {
        for (int held = 0; held < 4; held++) {
            try (var app = Sql.connect(clone.app()); var other = Sql.connect(clone.app())) {
                Sql.execute(app, "delete from app.patients");
                var ids = people(app, 4);
                other.setAutoCommit(false);
                Sql.execute(other, "update app.patients set name = 'held' where id = '" + ids.get(held) + "'");
                for (int left = 3; left > 0; left--) {
                    Expect.equal("What rotate(…, 1) returns, while somebody holds one of four rows and " + left + " are left besides", 1, rotate(numbers(127), app, 1), "0 is for when there is none left. Which rows does your limit count?");
                }
                other.rollback();
            }
        }
    }

    private static List<UUID> people(Connection app, int count) throws Exception {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < count; i++) {
            ids.add(UUID.randomUUID());
            numbers(List.of(1, 2, 0).get(i % 3)).add(app, ids.get(i), "person " + i, "number " + i);
        }
        return ids;
    }

    private static Numbers numbers(int current) {
        return new Numbers(Map.copyOf(KEYS), current, INDEX_KEY);
    }

    private static SecretKey key(String algorithm) {
        try {
            var generator = KeyGenerator.getInstance(algorithm);
            generator.init(256);
            return generator.generateKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As it may go by: as it is, in hexadecimal digits, in base 64. */
    private static List<String> shapes(byte[] secret) {
        return List.of(new String(secret, java.nio.charset.StandardCharsets.ISO_8859_1), HexFormat.of().formatHex(secret), HexFormat.of().withUpperCase().formatHex(secret),
            Base64.getEncoder().withoutPadding().encodeToString(secret));
    }

    private static byte[] sealed(Connection app, UUID id) throws SQLException {
        return HexFormat.of().parseHex((String) Rows.query(app, "select encode(number_sealed, 'hex') from app.patients where id = ?", id).values().getFirst().getFirst());
    }

    private static void put(Connection app, UUID id, byte[] value) throws SQLException {
        try (var update = app.prepareStatement("update app.patients set number_sealed = ? where id = ?")) {
            update.setBytes(1, value);
            update.setObject(2, id);
            update.executeUpdate();
        }
    }

    private static void within(String what, Expect.Work work) throws Exception {
        Expect.within(what, PATIENCE, () -> {
            work.run();
            return null;
        });
    }

    private static Optional<String> numberOf(Numbers numbers, Connection connection, UUID id) throws Exception {
        return Expect.within("numberOf answers", PATIENCE, () -> numbers.numberOf(connection, id));
    }

    private static Optional<UUID> find(Numbers numbers, Connection connection, String number) throws Exception {
        return Expect.within("find answers", PATIENCE, () -> numbers.find(connection, number));
    }

    private static int rotate(Numbers numbers, Connection connection, int most) throws Exception {
        return Expect.within("rotate comes to its end", PATIENCE, () -> numbers.rotate(connection, most), "It waits for nobody.");
    }

    private static void refused(String what, Expect.Work work, String lookAt) {
        var end = "no failure";
        try {
            work.run();
        } catch (GeneralSecurityException e) {
            return;
        } catch (Exception e) {
            end = e.toString();
        }
        Expect.that(what, false, "a GeneralSecurityException", end, lookAt);
    }
}

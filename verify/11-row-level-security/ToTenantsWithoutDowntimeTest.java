import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.*;

/**
 * The files run one by one. In the first round an old and a new program work between them, and what they do is noted here; in the second
 * each file meets somebody who has what it needs. Which lock it takes is seen from outside: it must wait for those who have another.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToTenantsWithoutDowntimeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long FEW_ROWS = 100;
    private static final long BATCH = 1000;
    private static final MigrationVersion WALL = MigrationVersion.fromVersion("4");
    private static final String LONG = "a tenant with a long name ".repeat(9);
    private static final String INVOICES = "select id, customer_id, number, cents from app.invoices";
    /** For what the owner waits: the table, or a transaction of somebody. */
    private static final String LOCKS = """
        select locktype, mode from pg_locks where not granted and (locktype in ('virtualxid', 'transactionid')
          or relation = (select oid from pg_class where relname = 'invoices' and relnamespace = 'app'::regnamespace))
        and pid in (select pid from pg_stat_activity where datname = current_database() and usename = 'course_owner')""";
    /** Begin of the owner's statement that waits, begin of its wait, and what time it is. */
    private static final String WAITS = """
        select query_start::text, extract(epoch from coalesce(waitstart, query_start))::float8, extract(epoch from clock_timestamp())::float8
        from pg_stat_activity a left join pg_locks l on l.pid = a.pid and not granted
        where datname = current_database() and usename = 'course_owner' and (waitstart is not null or wait_event = 'PgSleep')""";
    private static final String PARTED = "select i.id from app.invoices i left join app.customers c on c.id = i.customer_id where i.tenant is distinct from c.tenant limit 3";

    private final RandomData random = RandomData.create();
    private final TreeMap<Long, Invoice> expected = new TreeMap<>();
    private final List<Customer> customers = new ArrayList<>();
    private final Map<Integer, String> tenants = new TreeMap<>();
    /** Of before the first file, and nobody has changed them yet. */
    private final List<Long> untouched = new ArrayList<>();
    private int numbers = 1_000_000;
    /** A customer whose invoices only a migration touches. */
    private int quiet;
    private CatalogSnapshot before;
    private Rows customersBefore = Rows.unnamed();
    private long largestBatch;
    private final List<String> strongWork = new ArrayList<>();

    private record Customer(int id, String tenant) { }

    private record Invoice(int customer, int number, long cents) { }

    /** What the statistics know of the table; another file on disk means that all of it was written anew. */
    private record Touched(long rows, String file) {
        long since(Touched earlier) {
            return file.equals(earlier.file) ? rows - earlier.rows : Long.MAX_VALUE;
        }
    }

    private interface Request<T> {
        T run(Connection connection) throws SQLException;
    }

    @Test @Hint(1) @DisplayName("the files run, and between them the programs work") @Promises({"both-work", "numbers"})
    void runs(Clone clone, Answer answer) throws SQLException {
        before = CatalogSnapshot.of(clone);
        try (var app = Sql.connect(clone.app())) {
            for (var tenant : List.of("O'Neil & \"Sons\"", " ada", "ADA", "null", LONG, random.word(12))) {
                Rows.query(app, "insert into app.customers (tenant, name) values (?, 'One'), (?, 'Two') returning id", tenant, tenant);
            }
            quiet = ((Number) Rows.query(app, "insert into app.customers (tenant, name) values ('quiet', 'Nobody touches the invoices') returning id").values().getFirst().getFirst()).intValue();
            customersBefore = Rows.query(app, "select id, tenant, name from app.customers");
            for (var row : customersBefore.values()) {
                var customer = new Customer(((Number) row.getFirst()).intValue(), String.valueOf(row.get(1)));
                tenants.put(customer.id(), customer.tenant());
                if (customer.id() != quiet) {
                    customers.add(customer);
                }
            }
            Rows.query(app, "insert into app.invoices (customer_id, number, cents) select id, ? + 100 * id + n, n from app.customers, generate_series(1, 12) n returning id", numbers);
            numbers += 1_000_000;
        }
        for (var row : Sql.query(clone.owner(), INVOICES).values()) {
            expected.put(((Number) row.getFirst()).longValue(), invoice(row));
        }
        untouched.addAll(expected.keySet().stream().filter(id -> expected.get(id).customer() != quiet).toList());
        Collections.shuffle(untouched, new Random(random.number(0, 1_000_000)));
        for (var file : pending(clone, answer)) {
            Expect.works(file.getScript() + " runs", () -> migrate(clone, answer, file), "PostgreSQL's words name the file's line. The programs have written meanwhile.");
            try (var app = Sql.connect(clone.app())) {
                Sql.execute(app, "set search_path = ''");
                var walled = file.getVersion().compareTo(WALL) >= 0;
                if (!walled) {
                    work(app, "The old program, after " + file.getScript() + ", ", false, false);
                }
                work(app, "The new program, after " + file.getScript() + ", ", true, walled);
                if (!walled) {
                    keepsCustomers(app, file.getScript());
                }
            }
        }
    }

    @Test @Needs("runs") @Hint(1) @DisplayName("each invoice has the tenant of its customer, and is otherwise what the programs made of it") @Promises("right-tenant")
    void rightTenant(Clone clone) throws SQLException {
        Expect.table("The column tenant of app.invoices", Rows.columns("type", "not null").row("text", true), Sql.query(clone.owner(), """
            select format_type(atttypid, atttypmod) as type, attnotnull as "not null" from pg_attribute
            where attrelid = 'app.invoices'::regclass and attname = 'tenant' and not attisdropped"""), "Which file makes the column, and which says `set not null`?");
        expectTenants(clone, "In the end");
        var found = new TreeMap<Long, Invoice>();
        for (var row : ofAll(clone, INVOICES).values()) {
            found.put(((Number) row.getFirst()).longValue(), invoice(row));
        }
        var ids = new HashSet<>(expected.keySet());
        ids.addAll(found.keySet());
        var differences = ids.stream().filter(id -> !Objects.equals(expected.get(id), found.get(id))).sorted().limit(3)
            .map(id -> "invoice " + id + " was " + expected.get(id) + ", is " + found.get(id)).toList();
        Expect.equal("Invoices that are not what the programs made of them", List.of(), differences, "A migration gives them a tenant, and nothing else.");
        Expect.table("The customers", customersBefore, Sql.query(clone.owner(), "select id, tenant, name from app.customers"), "Nobody asked for another customer.");
    }

    @Test @Needs("runs") @Hint(2) @DisplayName("without a tenant nobody finds an invoice, and gets no error") @Promises("wall")
    void wallForNobody(Clone clone) throws SQLException {
        for (var login : List.of(clone.app(), clone.owner())) {
            for (var ended : List.of("", "begin; select set_config('app.tenant', 'ada', true); commit", "begin; select set_config('app.tenant', 'ada', true); rollback",
                    "set app.tenant = ''", "set app.tenant = 'ada'; reset app.tenant")) {
                try (var connection = Sql.connect(login)) {
                    if (!ended.isEmpty()) {
                        Sql.execute(connection, ended);
                    }
                    for (var query : List.of("select count(*) from app.invoices", "with x as (update app.invoices set cents = 0 returning 1) select count(*) from x",
                            "with x as (delete from app.invoices returning 1) select count(*) from x")) {
                        connection.setAutoCommit(false);
                        var what = login.user() + " after `" + ended + "`: " + query;
                        Expect.works(what, () -> Expect.equal(what, "0", String.valueOf(Rows.query(connection, query).values().getFirst().getFirst()),
                            "Whom does a policy not concern? And what is `app.tenant` then?"), "What does current_setting say of a setting that is not there?");
                        connection.rollback();
                    }
                }
            }
        }
    }

    @Test @Needs({"runs", "rightTenant"}) @Hint(2) @DisplayName("with a tenant its own invoices are found, and no others") @Promises("wall")
    void wallForTenants(Clone clone) throws SQLException {
        for (var login : List.of(clone.app(), clone.owner())) {
            for (var tenant : login == clone.app() ? List.of("ada", "O'Neil & \"Sons\"", " ada", "ADA", "null", LONG) : List.of("ada", LONG)) {
                var own = expected.entrySet().stream().filter(e -> tenantOf(e.getValue()).equals(tenant)).map(Map.Entry::getKey).collect(Collectors.toSet());
                try (var connection = Sql.connect(login)) {
                    for (var statement : List.of("select id from app.invoices", "select id from app.invoices for update", "update app.invoices set cents = cents + 1 returning id",
                            "delete from app.invoices returning id")) {
                        connection.setAutoCommit(false);
                        Rows.query(connection, "select set_config('app.tenant', ?, true)", tenant);
                        var what = "Invoices of `" + statement + "`, as " + login.user() + " for tenant '" + shown(tenant) + "'";
                        Expect.works(what, () -> {
                            var ids = ids(Rows.query(connection, statement));
                            var others = ids.stream().filter(id -> !own.contains(id)).count();
                            Expect.equal(what, own.size() + " of its own, 0 of others", (ids.size() - others) + " of its own, " + others + " of others",
                                "Which commands and which roles does the policy concern?");
                        }, "The wall lets it through.");
                        connection.rollback();
                    }
                    var other = random.oneOf(customers.stream().filter(c -> !c.tenant().equals(tenant)).toList()).id();
                    // Without returning, which asks the policy for reading as well.
                    for (var statement : List.of("insert into app.invoices (customer_id, number, cents) values (" + other + ", 0, 1)",
                            "update app.invoices set customer_id = " + other, "update app.invoices set customer_id = " + other + " where id = " + random.oneOf(List.copyOf(own)))) {
                        Rows.query(connection, "select set_config('app.tenant', ?, true)", tenant);
                        try {
                            Sql.execute(connection, statement);
                            Expect.equal("`" + statement + "`, of a customer of another tenant, as " + login.user() + " for tenant '" + shown(tenant) + "'", "an error", "no error", "A policy looks at new rows, too.");
                        } catch (SQLException refused) {
                            connection.rollback();
                        }
                    }
                }
            }
        }
    }

    @Test @Needs({"runs", "rightTenant"}) @Hint(2) @DisplayName("numbers are of their tenant") @Promises("numbers")
    void numbersOfATenant(Clone clone) throws SQLException {
        for (var insert : List.of("insert into app.invoices (customer_id, number, cents) values (?, ?, 1) returning id", "update app.invoices set number = ? where id = ? returning id")) {
            for (int i = 0; i < 3; i++) {
                var ada = oneOf("ada", -1);
                var again = oneOf("ada", ada.getKey());
                var bob = oneOf("bob", -1);
                var updates = insert.startsWith("update");
                asAda(clone, app -> {
                    Expect.works("ada takes a number of bob: " + insert, () -> Expect.equal("Invoices of this number", 1, Rows.query(app, insert,
                        updates ? new Object[] {bob.getValue().number(), ada.getKey()} : new Object[] {ada.getValue().customer(), bob.getValue().number()}).values().size(), "It is one."),
                        "What is in the key that decides this?");
                    return 0;
                });
                asAda(clone, app -> Expect.sqlState("ada takes a number that she has: " + insert, "23505", () -> Rows.query(app, insert,
                    updates ? new Object[] {again.getValue().number(), ada.getKey()} : new Object[] {ada.getValue().customer(), again.getValue().number()}), "What is in the key that decides this?"));
            }
        }
    }

    @Test @Needs({"runs", "rightTenant"}) @Hint(2) @DisplayName("what would part the tenants of an invoice and its customer is refused, or takes the invoices along") @Promises("stays-right")
    void staysRight(Clone clone) throws SQLException {
        for (var login : List.of(clone.app(), clone.owner())) {
            for (var tenant : List.of("", "ada")) {
                var pairs = ofAll(clone, "select distinct on (customer_id) customer_id, id, tenant from app.invoices where tenant in ('ada', 'bob') order by customer_id, id").values();
                var adas = pairs.stream().filter(p -> p.get(2).equals("ada")).toList();
                var bobs = pairs.stream().filter(p -> p.get(2).equals("bob")).toList();
                if (adas.isEmpty() || bobs.isEmpty()) {
                    return; // an answer that takes invoices along has moved all
                }
                var ada = random.oneOf(adas);
                var bob = random.oneOf(bobs);
                try (var connection = Sql.connect(login); var owner = Sql.connect(clone.owner())) {
                    Rows.query(connection, "select set_config('app.tenant', ?, false)", tenant);
                    for (var statement : List.of("update app.invoices set tenant = 'bob' where id = " + ada.get(1), "update app.invoices set customer_id = " + bob.getFirst() + " where id = " + ada.get(1),
                            "insert into app.invoices (tenant, customer_id, number, cents) values ('ada', " + bob.getFirst() + ", " + ++numbers + ", 1)",
                            "insert into app.invoices (tenant, customer_id, number, cents) values ('bob', " + ada.getFirst() + ", " + ++numbers + ", 1)",
                            "insert into app.invoices (customer_id, number, cents) values (" + ada.getFirst() + ", " + ++numbers + ", 1)",
                            "insert into app.invoices (customer_id, number, cents) values (-1, " + ++numbers + ", 1)",
                            "delete from app.customers where id = " + bob.getFirst(), "update app.customers set tenant = 'carol' where id = " + ada.getFirst())) {
                        try {
                            Sql.execute(connection, statement);
                        } catch (SQLException refused) {
                            // As the task allows.
                        }
                        expectTenants(owner, "After `" + statement + "`, as " + login.user() + (tenant.isEmpty() ? " without a tenant" : " for " + tenant));
                    }
                }
            }
        }
    }

    @Test @Needs("runs") @Hint(2) @DisplayName("an index of all rows begins with tenant") @Promises("index")
    void index(Clone clone) throws SQLException {
        Expect.equal("Is there a valid B-tree of all rows that begins with tenant?", true, Sql.number(clone.owner(), """
            select count(*) from pg_index x join pg_class c on c.oid = indexrelid join pg_am m on m.oid = relam
              join pg_attribute a on a.attrelid = indrelid and a.attnum = indkey[0]
            where indrelid = 'app.invoices'::regclass and attname = 'tenant' and amname = 'btree' and indisvalid and indpred is null""") > 0,
            "By what does the policy find the rows of one tenant?");
    }

    @Test @Needs("runs") @Hint(2) @DisplayName("nothing is left unchecked, and nothing else is new") @Promises("tidy")
    void tidy(Clone clone) throws SQLException {
        Expect.equal("Constraints of app.invoices that PostgreSQL has not checked for the old rows, and indexes that are not valid", List.of(), Sql.query(clone.owner(), """
            select conname::text from pg_constraint where conrelid = 'app.invoices'::regclass and not convalidated
            union all select indexrelid::regclass::text from pg_index where indrelid = 'app.invoices'::regclass and not indisvalid""").values().stream().map(List::getFirst).toList(),
            "`not valid` is a promise to look later. Did anybody look?");
        Expect.nothingElseChanged("What else is new, changed or gone", before, CatalogSnapshot.of(clone), "The crossing is over.", "^new: column app\\.invoices\\.tenant ",
            "^new: (constraint|trigger|policy) .+ on app\\.invoices \\(", "^new: index app\\.\\S+ \\(CREATE (UNIQUE )?INDEX \\S+ ON app\\.invoices ", "^(gone|changed): (constraint|index) \\S*invoices_(number|customer_id)",
            "(?s)^new: function app\\..*CREATE OR REPLACE FUNCTION", "(?s)^changed: table app\\.invoices, was (.*), row security f/f, (.*), is \\1, row security ./., \\2$");
    }

    @Test @Needs("runs") @Fresh @Hint(2) @DisplayName("a file that cannot have its lock gives up, and can be run again") @Promises("gives-up")
    void givesUp(Clone clone, Answer answer) throws Exception {
        Sql.execute(clone.owner(), """
            insert into app.invoices (customer_id, number, cents) select 5, 500000 + n, n from generate_series(1, 1100) n; -- more of one customer than a batch has
            create schema verifier;
            create table verifier.batches (xid bigint, n bigint);
            create function verifier.note() returns trigger language plpgsql security definer as $$
            begin
              insert into verifier.batches select pg_current_xact_id()::text::bigint, count(*) from changed;
              return null;
            end $$;
            create trigger zz_verifier after update on app.invoices referencing new table as changed for each statement execute function verifier.note()""");
        for (var file : pending(clone, answer)) {
            var attempts = new Attempts(clone, answer, file);
            if (!file.getVersion().equals(MigrationVersion.fromVersion("3"))) {
                var start = touched(clone);
                attempts.meets("lock table app.invoices in access share mode", "reads app.invoices");
                attempts.meets("lock table app.customers in row exclusive mode", "writes to app.customers");
                attempts.alone();
                var touched = touched(clone).since(start);
                if (touched >= FEW_ROWS) {
                    strongWork.add(file.getScript() + (touched == Long.MAX_VALUE ? " writes the table anew" : " reads or writes " + touched + " rows"));
                }
                continue;
            }
            // In the middle of the table.
            attempts.meets("select from app.invoices where id = 3002 for update", "has locked invoice 3002");
            attempts.meets("lock table app.invoices in row exclusive mode", "writes to app.invoices");
            attempts.whileSomebodyWrites().ifPresent(strongWork::add);
            attempts.alone();
        }
        expectTenants(clone, "When each file has met somebody");
        Expect.equal("When each file has met somebody, indexes that are not valid", List.of(), Sql.query(clone.owner(),
            "select indexrelid::regclass::text from pg_index where indrelid = 'app.invoices'::regclass and not indisvalid").values(), "What does an attempt leave behind that gave up, and what does the next one make of it?");
        largestBatch = Sql.number(clone.owner(), "select coalesce(max(n), 0)::bigint from (select sum(n) as n from verifier.batches group by xid) t");
    }

    @Test @Needs("givesUp") @Hint(2) @DisplayName("no transaction changes more than 1000 invoices") @Promises("batches")
    void batches() {
        Expect.that("The most invoices that one transaction has changed", largestBatch <= BATCH, "at most " + BATCH, largestBatch, "When does a transaction end, that of a file and that of a `do`?");
    }

    @Test @Needs("givesUp") @Hint(2) @DisplayName("nobody has to wait for a file that works") @Promises("weak-lock")
    void weakLocks() {
        Expect.equal("Work that others wait for", List.of(), strongWork, "A lock stays until the end of the transaction. Which statement reads all rows, and which lock has it?");
    }

    @Test @Needs("givesUp") @Fresh @Hint(2) @DisplayName("who has an invoice for a moment only delays a file") @Promises("gives-up")
    void waitsForAMoment(Clone clone, Answer answer) throws Exception {
        for (var file : pending(clone, answer)) {
            if (file.getVersion().equals(MigrationVersion.fromVersion("3"))) {
                new Attempts(clone, answer, file).meetsForAMoment("select from app.invoices where id = 3002 for update", "has locked invoice 3002");
            } else {
                migrate(clone, answer, file);
            }
        }
    }

    // ---- the programs

    /** Whose invoices have no tenant yet, too. */
    private void keepsCustomers(Connection app, String file) throws SQLException {
        var end = "done";
        try {
            Sql.execute(app, "delete from app.customers where id = " + quiet);
        } catch (SQLException e) {
            end = e.getSQLState();
        }
        Expect.that("Deleting a customer who has invoices, after " + file, end.startsWith("23"), "an SQLSTATE of class 23, as before", end, "Which key knows the invoices that are not filled yet?");
    }

    /** What a program does, of which each thing must work. */
    private void work(Connection app, String who, boolean named, boolean walled) throws SQLException {
        for (int turn = 0; turn < 2; turn++) {
            var customer = random.oneOf(customers);
            var tenant = customer.tenant();
            for (int i = 0; i < 2; i++) {
                var fresh = new Invoice(customer.id(), ++numbers, random.number(-5000, 5000));
                var id = one(app, who, named, tenant, "insert into app.invoices (customer_id, number, cents) values (?, ?, ?) returning id", fresh.customer(), fresh.number(), fresh.cents());
                expected.put(id, fresh);
                handOn(app, who, named, id);
                price(app, who, named, id);
            }
            var old = untouched.removeLast();
            price(app, who, named, old);
            handOn(app, who, named, untouched.removeLast());
            handOn(app, who, named, old);
            var gone = untouched.removeLast();
            one(app, who, named, tenantOf(expected.get(gone)), "delete from app.invoices where id = ? returning id", gone);
            expected.remove(gone);
            if (!walled) { // behind the wall another check reads
                var read = "select id from app.invoices where customer_id = ?";
                Expect.works(who + read, () -> Expect.equal(who + "reads the invoices of customer " + customer.id(),
                    expected.entrySet().stream().filter(e -> e.getValue().customer() == customer.id()).map(Map.Entry::getKey).toList(),
                    send(app, named, tenant, c -> ids(Rows.query(c, read, customer.id()))), "All of them are this customer's."), "Nobody asked the program.");
            }
            var taken = untouched.stream().map(expected::get).filter(i -> tenantOf(i).equals(tenant)).findAny();
            if (taken.isPresent()) {
                var insert = "insert into app.invoices (customer_id, number, cents) values (?, ?, 1) returning id";
                Expect.sqlState(who + "inserts an invoice with a number that its tenant has", "23505",
                    () -> send(app, named, tenant, c -> Rows.query(c, insert, customer.id(), taken.get().number())), "Numbers are unique at any time. Which key says so between two files?");
            }
            var found = untouched.getLast();
            try {
                send(app, named, tenantOf(expected.get(found)), c -> Rows.query(c, "update app.invoices set customer_id = -1 where id = ? returning id", found));
                Expect.equal(who + "hands an invoice to a customer whom nobody knows", "an error", "no error", "There was a foreign key.");
            } catch (SQLException refused) {
                // As it was before.
            }
        }
    }

    private void handOn(Connection app, String who, boolean named, long id) {
        var invoice = expected.get(id);
        var own = tenantOf(invoice);
        var others = customers.stream().filter(c -> c.id() != invoice.customer() && (!named || c.tenant().equals(own))).toList();
        var other = random.oneOf(named ? others : others.stream().filter(c -> !c.tenant().equals(own)).toList());
        one(app, who, named, own, "update app.invoices set customer_id = ? where id = ? returning id", other.id(), id);
        expected.put(id, new Invoice(other.id(), invoice.number(), invoice.cents()));
    }

    private void price(Connection app, String who, boolean named, long id) {
        var invoice = expected.get(id);
        var cents = random.number(-5000, 5000);
        one(app, who, named, tenantOf(invoice), "update app.invoices set cents = ? where id = ? returning id", cents, id);
        expected.put(id, new Invoice(invoice.customer(), invoice.number(), cents));
    }

    /** The id of the one invoice that a statement has written. */
    private static long one(Connection app, String who, boolean named, String tenant, String sql, Object... parameters) {
        var ids = new ArrayList<Long>();
        Expect.works(who + sql, () -> ids.addAll(send(app, named, tenant, c -> ids(Rows.query(c, sql, parameters)))), "It works as it always did. Some invoices are not filled yet, perhaps. Nobody asked the program.");
        Expect.equal("Rows that are written: " + who + sql, 1, ids.size(), "The invoice is there, and the program's.");
        return ids.getFirst();
    }

    private static <T> T send(Connection app, boolean named, String tenant, Request<T> request) throws SQLException {
        if (!named) {
            return request.run(app);
        }
        app.setAutoCommit(false);
        try {
            Rows.query(app, "select set_config('app.tenant', ?, true)", tenant);
            var result = request.run(app);
            app.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            app.rollback();
            throw e;
        } finally {
            app.setAutoCommit(true);
        }
    }

    private <T> void asAda(Clone clone, Request<T> request) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            app.setAutoCommit(false);
            Rows.query(app, "select set_config('app.tenant', 'ada', true)");
            request.run(app);
            app.rollback();
        }
    }

    private Map.Entry<Long, Invoice> oneOf(String tenant, long butNot) {
        return random.oneOf(expected.entrySet().stream().filter(e -> e.getKey() != butNot && tenantOf(e.getValue()).equals(tenant)).toList());
    }

    private String tenantOf(Invoice invoice) {
        return tenants.get(invoice.customer());
    }

    private static List<Long> ids(Rows rows) {
        return rows.values().stream().map(row -> ((Number) row.getFirst()).longValue()).sorted().toList();
    }

    private static Invoice invoice(List<Object> row) {
        return new Invoice(((Number) row.get(1)).intValue(), ((Number) row.get(2)).intValue(), ((Number) row.get(3)).longValue());
    }

    private static String shown(String tenant) {
        return tenant.equals(LONG) ? LONG.substring(0, 30) + "…" : tenant;
    }

    // ---- the rows, whoever may see them

    private static void expectTenants(Clone clone, String when) throws SQLException {
        try (var owner = Sql.connect(clone.owner())) {
            expectTenants(owner, when);
        }
    }

    private static void expectTenants(Connection owner, String when) throws SQLException {
        Expect.equal(when + ", invoices whose tenant is not that of their customer", List.of(), ofAll(owner, PARTED).values().stream().map(List::getFirst).toList(),
            "Who sees to it that both are the same, whichever is written?");
    }

    /** As the owner, who is exempt here whatever the answer says; that is another check's business. */
    private static Rows ofAll(Clone clone, String query) throws SQLException {
        try (var owner = Sql.connect(clone.owner())) {
            return ofAll(owner, query);
        }
    }

    private static Rows ofAll(Connection owner, String query) throws SQLException {
        owner.setAutoCommit(false);
        Sql.execute(owner, "alter table app.invoices no force row level security");
        var found = Rows.query(owner, query);
        owner.rollback();
        return found;
    }

    // ---- the files, and whom they meet

    /** Runs a file until it has come to its end. */
    private static final class Attempts {
        private final Clone clone;
        private final Answer answer;
        private final MigrationInfo file;
        private boolean done;
        private boolean gaveUp;

        Attempts(Clone clone, Answer answer, MigrationInfo file) {
            this.clone = clone;
            this.answer = answer;
            this.file = file;
        }

        /** Runs it while somebody has done this and not committed; if the file gives up, that is soon, and leaves it to be run again. */
        void meets(String statement, String what) throws Exception {
            if (done) {
                return;
            }
            try (var somebody = Sql.connect(clone.app()); var observer = Sql.connect(clone.observer())) {
                somebody.setAutoCommit(false);
                Sql.execute(somebody, statement);
                var running = start();
                var end = System.nanoTime() + PATIENCE.toNanos();
                var firsts = new TreeMap<String, Double>();
                while (!running.isDone()) {
                    // Asked of the server, so that a slow machine is not taken for a wait. Who sleeps and looks again waits, too.
                    for (var row : Rows.query(observer, WAITS).values()) {
                        var first = firsts.computeIfAbsent(String.valueOf(row.getFirst()), statementStart -> number(row, 1));
                        Expect.that(file.getScript() + " gives up while somebody " + what, number(row, 2) - first < 2.8, "SQLSTATE 55P03 after two seconds at most", "later than that it still waits",
                            "Behind a migration that waits, everybody else waits. Which setting bounds the wait for a lock, and how long does it hold?");
                    }
                    Expect.that(file.getScript() + " ends while somebody " + what, System.nanoTime() < end, "an end", "it still runs", "For what does it wait?");
                    Thread.sleep(10);
                }
                var outcome = ended(running.outcome(PATIENCE));
                Expect.that(file.getScript() + " works or gives up, while somebody " + what, done || outcome.sqlState().equals("55P03"),
                    "no error, or SQLSTATE 55P03", outcome, "PostgreSQL's words name the line.");
            }
        }

        /**
         * Runs it while there is always somebody who writes: before one has committed another has begun. A concurrent index waits for each
         * of them in turn and comes to its end; a lock that writers wait for cannot be had. Who has little patience may try some times.
         *
         * @return why it did not come to its end
         */
        Optional<String> whileSomebodyWrites() throws Exception {
            var modes = new TreeSet<String>();
            try (var one = Sql.connect(clone.app()); var other = Sql.connect(clone.app()); var observer = Sql.connect(clone.observer())) {
                var writers = new ArrayList<>(List.of(one, other));
                for (var writer : writers) {
                    writer.setAutoCommit(false);
                }
                Sql.execute(one, "update app.invoices set customer_id = 1 where id = 3002"); // which is of another tenant
                for (int tries = 5; !done; tries--) {
                    var running = start();
                    var end = System.nanoTime() + PATIENCE.toNanos();
                    while (!running.isDone() && System.nanoTime() < end) {
                        for (var wait : Rows.query(observer, LOCKS).values()) {
                            if (wait.getFirst().equals("relation")) {
                                modes.add(String.valueOf(wait.getLast()));
                            } else {
                                Sql.execute(writers.getLast(), "lock table app.invoices in row exclusive mode");
                                writers.getFirst().commit();
                                Collections.reverse(writers);
                            }
                        }
                        Thread.sleep(5);
                    }
                    var outcome = ended(running.outcome(Duration.ofMillis(1)));
                    if (!done && (tries == 1 || !modes.isEmpty() || !outcome.sqlState().equals("55P03"))) {
                        return Optional.of(file.getScript() + " does not come to its end while there is always somebody who writes to app.invoices; it "
                            + (modes.isEmpty() ? "says: " + outcome : "waits for " + modes));
                    }
                }
            }
            return Optional.empty();
        }

        /** Runs it while somebody has done this, who goes as soon as the file waits. */
        void meetsForAMoment(String statement, String what) throws Exception {
            try (var somebody = Sql.connect(clone.app()); var observer = Sql.connect(clone.observer())) {
                somebody.setAutoCommit(false);
                Sql.execute(somebody, statement);
                var running = start();
                Task.until(PATIENCE, () -> running.isDone() || !Rows.query(observer, WAITS).values().isEmpty());
                somebody.rollback();
                var outcome = ended(running.outcome(PATIENCE));
                Expect.that(file.getScript() + " runs, while somebody " + what + " for a moment", done, "no error", outcome, "Whom it waits for less than two seconds it waits for.");
            }
        }

        void alone() throws Exception {
            if (!done) {
                var outcome = ended(start().outcome(PATIENCE));
                Expect.that(file.getScript() + " runs, after it has met somebody", done, "no error", outcome, "What has the attempt before left behind?");
            }
        }

        private Task<Integer> start() {
            return Task.start(() -> {
                var flyway = flyway(clone, answer, file.getVersion());
                if (gaveUp) {
                    flyway.repair();
                }
                return flyway.migrate().migrationsExecuted;
            });
        }

        private Task.Outcome<Integer> ended(Task.Outcome<Integer> outcome) {
            done = outcome instanceof Task.Outcome.Value;
            gaveUp = !done;
            return outcome;
        }
    }

    /** Rows that scans and writers have touched so far. A session reports when it ends, so those of the owner must be gone. */
    private static Touched touched(Clone clone) throws Exception {
        try (var observer = Sql.connect(clone.observer())) {
            var gone = Task.until(PATIENCE, () -> Rows.query(observer, "select from pg_stat_activity where datname = current_database() and usename = 'course_owner'").values().isEmpty());
            Expect.that("Sessions of the migration end", gone, "no session", "one is still there", "Is something of it left running?");
            var row = Rows.query(observer, """
                select seq_tup_read + coalesce(idx_tup_fetch, 0) + n_tup_ins + n_tup_upd + n_tup_del, pg_relation_filenode(relid)
                from pg_stat_user_tables where schemaname = 'app' and relname = 'invoices'""").values().getFirst();
            return new Touched(((Number) row.getFirst()).longValue(), String.valueOf(row.getLast()));
        }
    }

    private static double number(List<Object> row, int column) {
        return ((Number) row.get(column)).doubleValue();
    }

    private static List<MigrationInfo> pending(Clone clone, Answer answer) {
        return Arrays.asList(flyway(clone, answer, MigrationVersion.LATEST).info().pending());
    }

    private static void migrate(Clone clone, Answer answer, MigrationInfo file) {
        flyway(clone, answer, file.getVersion()).migrate();
    }

    private static Flyway flyway(Clone clone, Answer answer, MigrationVersion target) {
        return AnswerMigrations.configure(clone, answer).target(target).load();
    }
}

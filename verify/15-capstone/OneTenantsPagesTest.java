import grading.*;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.*;
import java.util.*;
import java.util.concurrent.Callable;
import java.util.stream.*;
import org.junit.jupiter.api.*;
import tools.jackson.databind.JsonNode;

/** Judges 15.1 over HTTP, as three tenants with tokens of their own, one without an invoice, and as the service's role. */
class OneTenantsPagesTest {
    private static final Duration LONG = Duration.ofSeconds(12);
    private static final OffsetDateTime BEGIN = OffsetDateTime.parse("2026-02-01T00:00:00.000001Z");
    /** Two hours from here, the clocks of Berlin show the third one twice. */
    private static final OffsetDateTime TWICE = OffsetDateTime.parse("2025-10-26T00:00:00Z");

    private record Invoice(long id, UUID tenant, String customer, String amount, OffsetDateTime createdAt) { }

    /** A tenant, its token, and what it shall see, newest first. */
    private record Tenant(UUID id, String token, List<Invoice> invoices) {
        Map<String, String> headers() {
            return Map.of("Authorization", "Bearer " + token);
        }
    }

    /** Of many requests at once, those that come first. */
    private static final int FIRST = 16;
    private static Tenant many;
    private static Tenant others;
    private static Tenant forty;
    private static Tenant imported;
    private static Tenant october;
    private static Tenant none;
    private static RunningProgram service;
    private static Optional<Exception> migrationFailed = Optional.empty();
    private static long readBefore;
    private static int shown;
    private static int requests;

    @BeforeAll static void open(Clone clone, Answer answer, AnswerProgram program) throws Exception {
        var random = RandomData.create();
        var ids = new ArrayList<>(LongStream.rangeClosed(1, 1000).boxed().toList());
        Collections.shuffle(ids, new Random(random.number(0, 1_000_000)));
        many = tenant(random, ids, 410, 7);
        others = tenant(random, ids, 150, 7);
        forty = tenant(random, ids, 40, 7);
        imported = tenant(random, ids, 390, 390);
        october = new Tenant(UUID.randomUUID(), random.word(20), new ArrayList<>());
        for (int minute = 119; minute >= 0; minute--) {
            october.invoices().add(new Invoice(5000 + minute, october.id(), random.word(6), "1.00", TWICE.plusMinutes(minute)));
        }
        none = tenant(random, ids, 0, 7);
        store(clone, Stream.of(many, others, forty, imported, october).flatMap(tenant -> tenant.invoices().stream()).toList());
        try {
            Sql.script(clone.owner(), answer.text("migration.sql"));
        } catch (SQLException e) {
            migrationFailed = Optional.of(e);
        }
        Sql.execute(clone.owner(), "analyze billing.invoices");
        readBefore = rowsRead(clone);
        var tokens = Stream.of(many, others, forty, imported, october, none).map(tenant -> tenant.token() + "=" + tenant.id()).collect(Collectors.joining(","));
        service = program.start(Map.of("JDBC_URL", clone.app().url(), "APP_USER", clone.app().user(), "APP_PASSWORD", clone.app().password(),
            "POOL_SIZE", "2", "TOKENS", tokens, "PORT", "0", "TZ", "Europe/Berlin"));
    }

    /** @param alike so many, at most, share an instant */
    private static Tenant tenant(RandomData random, List<Long> ids, int count, int alike) {
        var id = UUID.randomUUID();
        var invoices = new ArrayList<Invoice>();
        for (int i = 0; i < count; i++) {
            invoices.add(new Invoice(ids.removeLast(), id, random.word(6), random.amount(1, 900).toPlainString(), BEGIN.plusNanos(i / alike * 1000L).plusMinutes(alike < count && random.coin() ? 1 : 0)));
        }
        invoices.sort(Comparator.comparing(Invoice::createdAt).thenComparing(Invoice::id).reversed());
        return new Tenant(id, random.word(20), invoices);
    }

    private static void store(Clone clone, List<Invoice> invoices) throws SQLException {
        try (var connection = Sql.connect(clone.owner()); var insert = connection.prepareStatement("insert into billing.invoices values (?, ?, ?, ?::numeric, ?)")) {
            connection.setAutoCommit(false);
            for (var invoice : invoices) {
                insert.setLong(1, invoice.id());
                insert.setObject(2, invoice.tenant());
                insert.setString(3, invoice.customer());
                insert.setString(4, invoice.amount());
                insert.setObject(5, invoice.createdAt());
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        }
    }

    /** Of the table and its indexes, when the sessions that did so are gone and have told it. */
    private static long rowsRead(Clone clone) throws Exception {
        Expect.that("Sessions end", Task.until(LONG, () -> Sql.number(clone.observer(),
            "select count(*) from pg_stat_activity where datname = current_database() and usename in ('course_app', 'course_owner')") == 0), "they do", "they stay",
            "This is not your fault; please tell the authors.");
        return Sql.number(clone.observer(), """
            select seq_tup_read + greatest(coalesce(idx_tup_fetch, 0), (select sum(idx_tup_read) from pg_stat_all_indexes i where i.relid = t.relid))
            from pg_stat_all_tables t where schemaname = 'billing' and relname = 'invoices'""");
    }

    private static Reply get(String query, Map<String, String> headers) throws Exception {
        var reply = service.get("/invoices" + query, headers);
        synchronized (OneTenantsPagesTest.class) {
            requests++;
            if (reply.status() == 200) {
                shown += reply.json().path("items").size();
            }
        }
        return reply;
    }

    private static JsonNode page(String what, Tenant tenant, String query) throws Exception {
        return get(query, tenant.headers()).expect(what, 200, "The page is there.").json();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<Long> ids(JsonNode page) {
        return page.path("items").valueStream().map(item -> item.path("id").asLong()).toList();
    }

    private static List<Long> ids(Tenant tenant) {
        return tenant.invoices().stream().map(Invoice::id).toList();
    }

    private interface Between {
        void pages(List<Long> soFar) throws Exception;
    }

    /** All pages of this size, as a client reads them. */
    private static List<Long> walk(Tenant tenant, int limit, Between between) throws Exception {
        var found = new ArrayList<Long>();
        var query = "?limit=" + limit;
        for (int pages = 0; pages <= 2 + tenant.invoices().size() / limit; pages++) {
            var page = page("A page of " + limit, tenant, query);
            var ids = ids(page);
            found.addAll(ids);
            var next = page.path("next");
            if (!next.isString()) {
                Expect.that("What is said of the next page, on the last one", page.has("next") && next.isNull(), "null", next.isMissingNode() ? "nothing" : next, "How does a client notice the end?");
                return found;
            }
            Expect.equal("Invoices on a page that has a next one", limit, ids.size(), "Why is it not full?");
            between.pages(found);
            query = "?limit=" + limit + "&after=" + encoded(next.asString());
        }
        Expect.that("Pages of " + limit + ", for " + tenant.invoices().size() + " invoices", false, "an end", "one more, after " + found.size() + " invoices", "Which page says that it is the last?");
        return found;
    }

    /** Tells the first difference rather than two long lists. */
    private static void same(String what, List<Long> expected, List<Long> actual, String lookAt) {
        int i = 0;
        while (i < Math.min(expected.size(), actual.size()) && expected.get(i).equals(actual.get(i))) {
            i++;
        }
        var at = i;
        Expect.that(what + ", number " + (at + 1) + " of " + expected.size(), expected.equals(actual), at < expected.size() ? "invoice " + expected.get(at) : "none",
            at < actual.size() ? "invoice " + actual.get(at) : "none", lookAt);
    }

    @Test @Hint(1) @Promises("its-own") @DisplayName("a tenant sees its newest invoices, with customer and amount")
    void shows() throws Exception {
        Expect.works("migration.sql, run once by the owner", () -> {
            if (migrationFailed.isPresent()) {
                throw migrationFailed.get();
            }
        }, "PostgreSQL says what it does not like.");
        var page = page("The first page", many, "");
        var items = page.path("items").valueStream().map(item -> item.path("id").asLong() + " " + item.path("customer").asString("") + " "
            + (item.path("amount").isString() ? item.path("amount").asString() : "no text")).toList();
        Expect.equal("The first page", many.invoices().stream().limit(20).map(one -> one.id() + " " + one.customer() + " " + one.amount()).toList(), items,
            "Whose are they, how many, in which order, and what is said of each?");
        Expect.equal("What a tenant without invoices sees", List.of(), ids(page("A page of a tenant without invoices", none, "")), "There are none.");
    }

    @Test @Needs("shows") @Promises("wall") @DisplayName("the owner reads and writes as before")
    void owner(Clone clone) throws Exception {
        Expect.equal("Rows of two tenants that the owner finds", 2L, Sql.number(clone.owner(), "select count(*) from billing.invoices where id in (?, ?)",
            many.invoices().getFirst().id(), others.invoices().getFirst().id()), "The wall is for the service.");
        Expect.works("An insert by the owner", () -> store(clone, List.of(new Invoice(4000, UUID.randomUUID(), "by the owner", "1.00", BEGIN))), "The wall is for the service.");
    }

    @Test @Needs("shows") @Promises("its-own") @DisplayName("who brings no token that is known is refused")
    void unknown() throws Exception {
        for (var header : List.of("", "Bearer ", "Bearer nobody", "Bearer " + many.id(), "Basic " + many.token(), many.token(), "Bearer " + many.token() + "x")) {
            var reply = get("", header.isEmpty() ? Map.of() : Map.of("Authorization", header));
            reply.expect("A request " + (header.isEmpty() ? "without Authorization" : "with an Authorization that nobody has"), 401, "Who is it that asks?");
        }
    }

    @Test @Needs("shows") @Hint(2) @Promises("each-once") @DisplayName("page after page, each invoice comes once, in order")
    void eachOnce() throws Exception {
        for (var limit : List.of(100, 13)) {
            same("Invoices on pages of " + limit, ids(many), walk(many, limit, found -> { }), "Many were made in the same microsecond. What comes after the last one that was seen?");
        }
        same("40 invoices on pages of 20", ids(forty), walk(forty, 20, found -> { }), "The second page is full, and the last.");
        Expect.that("What is said of the next page, on the second of two full ones",
            page("A page of 40", forty, "?limit=40").path("next").isNull(), "null", "a cursor", "How do you know whether there are more?");
        same("390 invoices of one import, all of the same microsecond, on pages of 13", ids(imported), walk(imported, 13, found -> { }), "What comes after the last one that was seen?");
        same("40 invoices on pages of 1", ids(forty), walk(forty, 1, found -> { }), "One at a time is allowed as well.");
    }

    @Test @Needs("eachOnce") @Hint(2) @Promises("each-once") @DisplayName("also those of an hour that the service's clock shows twice")
    void theHourThatComesTwice() throws Exception {
        same("Invoices of each minute of the night in which summer time ends, on pages of 13", ids(october), walk(october, 13, found -> { }),
            "The service runs in Berlin. Does a cursor say which of the two hours it means?");
    }

    @Test @Needs({"eachOnce", "owner"}) @Hint(2) @Promises("each-once") @DisplayName("invoices that come and go meanwhile change nothing about that")
    void meanwhile(Clone clone) throws Exception {
        var id = new long[] {2000};
        var gone = new ArrayList<Long>();
        var found = walk(others, 20, soFar -> Expect.works("The owner's insert and delete", () -> {
            store(clone, Stream.generate(() -> new Invoice(id[0]++, others.id(), "new", "1.00", BEGIN.plusDays(1))).limit(3).toList());
            try (var connection = Sql.connect(clone.owner()); var delete = connection.prepareStatement("delete from billing.invoices where id = ?")) {
                delete.setLong(1, soFar.getLast());
                Expect.equal("Invoices that the owner deletes", 1, delete.executeUpdate(), "The owner is not held by a wall.");
                gone.add(soFar.getLast());
            }
        }, "The owner reads and writes as before."));
        same("Invoices, while newer ones come and the last one of each page goes", ids(others), found, "What does a cursor stand for: a number of rows, a row, or a place?");
    }

    @Test @Needs("shows") @Promises("refuses") @DisplayName("limits and cursors that are none are refused")
    void refuses() throws Exception {
        for (var query : List.of("limit=0", "limit=101", "limit=-1", "limit=x", "limit=", "limit=1.5", "limit=99999999999")) {
            get("?" + query, many.headers()).expect("A request with " + query, 400, "Who asks wrongly should hear it.");
        }
        for (var cursor : List.of("x", "", "%27", "-1", "%25%25", "a_b", "1_2_3", "Zm9v")) {
            get("?after=" + cursor, many.headers()).expect("A request with after=" + cursor, 400, "Is that a cursor of yours?");
        }
        var cursor = page("A page of 1", many, "?limit=1").path("next").asString();
        for (int length = 1; length < cursor.length(); length++) {
            var cut = cursor.substring(0, length); // which may be another one of its kind
            var reply = get("?after=" + encoded(cut), many.headers());
            Expect.that("A request with after=" + cut + ", the begin of a cursor", reply.status() == 400 || reply.status() == 200, "status 400, or a page", reply, "Is that a cursor of yours?");
        }
        for (var limit : List.of(1, 100)) {
            Expect.equal("Invoices on a page with limit=" + limit, limit, ids(page("A page of " + limit, many, "?limit=" + limit)).size(), "Both ends are allowed.");
        }
    }

    @Test @Needs("eachOnce") @Hint(1) @Promises("its-own") @DisplayName("a cursor of others, and many at once, show nothing of others")
    void crossed(Clone clone) throws Exception {
        for (var limit : List.of(1, 90)) {
            var cursor = page("A page of " + limit, others, "?limit=" + limit).path("next").asString();
            var reply = get("?limit=100&after=" + encoded(cursor), many.headers());
            Expect.that("A page with the cursor of another tenant", reply.status() == 400 || reply.status() == 200, "400, or the tenant's own", reply, "Whose invoices may come?");
            Expect.that("A page with the cursor of another tenant", reply.status() == 400 || ids(many).containsAll(ids(reply.json())), "the tenant's own", "others'", "Whose invoices may come?");
        }
        var racers = new ArrayList<Callable<String>>();
        for (int i = 0; i < 48; i++) {
            var tenant = i < FIRST ? none : List.of(many, others).get(i % 2); // the last ones have something to show
            racers.add(() -> {
                var own = Stream.concat(tenant.invoices().stream().map(Invoice::customer), tenant == others ? Stream.of("new") : Stream.empty()).collect(Collectors.toSet());
                return page("A page, one of 48 at once", tenant, "").path("items").valueStream().map(item -> item.path("customer").asString())
                    .filter(customer -> !own.contains(customer)).findFirst().orElse("");
            });
        }
        for (var outcome : beingLate(clone, racers)) {
            Expect.equal("What one of 48 requests at once sees of others", new Task.Outcome.Value<>(""), outcome, "There are two connections. Who was the last to use this one?");
        }
        var sessions = Sql.number(clone.observer(), "select count(*) from pg_stat_activity where datname = current_database() and usename = 'course_app'");
        Expect.that("Sessions of the service, started with POOL_SIZE=2", sessions <= 2, "two at most", sessions, "Who says how many there may be?");
    }

    /** The first two have to wait for the table, and the others for their connections, so that all are there when one of them is served. */
    private static List<Task.Outcome<String>> beingLate(Clone clone, List<Callable<String>> requests) throws Exception {
        try (var holder = Sql.connect(clone.owner()); var observer = Sql.connect(clone.owner())) {
            holder.setAutoCommit(false);
            Sql.execute(holder, "lock table billing.invoices in access exclusive mode");
            var asking = new ArrayList<>(requests.subList(0, FIRST).stream().map(Task::start).toList());
            Task.until(Duration.ofSeconds(2), () -> Rows.query(observer, "select from pg_locks where relation = 'billing.invoices'::regclass and not granted").values().size() == 2);
            asking.addAll(requests.subList(FIRST, requests.size()).stream().map(Task::start).toList());
            Thread.sleep(300); // for those who wait for a connection, which nobody sees
            holder.rollback();
            var outcomes = new ArrayList<Task.Outcome<String>>();
            for (var one : asking) {
                outcomes.add(one.outcome(LONG));
            }
            return outcomes;
        }
    }

    @Test @Needs("eachOnce") @Hint(2) @Promises("cheap") @DisplayName("all pages together read little more than they show")
    void cheap(Clone clone) throws Exception {
        service.kill();
        var read = rowsRead(clone) - readBefore;
        Expect.that("Rows of the table read, for " + shown + " that were shown in " + requests + " requests", read <= 3L * shown + 10L * requests,
            "three times as many at most", read, "Where does the query of the last page begin to read?");
    }

    @Test @Needs("shows") @Hint(1) @Promises("wall") @DisplayName("the service's role finds and writes the rows of its tenant alone")
    void wall(Clone clone) throws Exception {
        try (var connection = Sql.connect(clone.app())) {
            nobody(connection, "in a session that has named nobody");
            connection.setAutoCommit(false);
            Sql.execute(connection, "select set_config('app.tenant', '" + forty.id() + "', true)");
            Expect.equal("Rows that course_app finds as a tenant with 40 invoices", 40L, count(connection, ""), "Which rows are this tenant's?");
            Expect.equal("Rows of others that course_app finds", 0L, count(connection, " where tenant <> '" + forty.id() + "'"), "Which rows are this tenant's?");
            Sql.execute(connection, "insert into billing.invoices (id, tenant, customer, amount) values (3000, '" + forty.id() + "', 'own', 1)");
            var point = connection.setSavepoint();
            Expect.sqlState("An insert for another tenant", "42501", () -> Sql.execute(connection,
                "insert into billing.invoices (id, tenant, customer, amount) values (3001, '" + many.id() + "', 'foreign', 1)"), "What may be written?");
            connection.rollback(point);
            for (var where : List.of(" where id = 3000", "")) { // without a look at its rows, PostgreSQL asks one policy less
                Expect.sqlState("An update to another tenant", "42501", () -> Sql.execute(connection, "update billing.invoices set tenant = '" + many.id() + "'" + where), "What may be written?");
                connection.rollback(point);
            }
            Expect.sqlState("A truncate, which asks no policy", "42501", () -> Sql.execute(connection, "truncate billing.invoices cascade"), "Which privilege of a table is not about its rows?");
            connection.rollback();
            nobody(connection, "after the transaction of a tenant");
            Sql.execute(connection, "select set_config('app.tenant', '', false)");
            nobody(connection, "as nobody");
            connection.rollback();
        }
    }

    private static void nobody(java.sql.Connection connection, String when) {
        Expect.works("A query of course_app " + when, () -> Expect.equal("Rows that course_app finds " + when, 0L, count(connection, ""), "Whose rows are they?"),
            "What is the setting then?");
    }

    private static long count(java.sql.Connection connection, String where) throws SQLException {
        return ((Number) Rows.query(connection, "select count(*) from billing.invoices" + where).values().getFirst().getFirst()).longValue();
    }
}

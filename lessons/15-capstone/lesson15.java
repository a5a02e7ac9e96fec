///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.base;
import module java.net.http;
import module java.sql;
import com.sun.net.httpserver.HttpServer;
import java.time.Duration;
import lab.Login;
import lab.cluster.OwnCluster;
import lab.cluster.OwnClusters;
import org.flywaydb.core.Flyway;
import script.JavaProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import static script.Script.*;

/** The capstone: one small service that uses what fourteen lessons taught, broken on purpose and watched from the outside. */
void main(String... args) throws Exception {
    begin("15-capstone", args);

    step("two-at-once");                                         // tag::two-at-once[]
    var clusters = clusters();
    var servers = pair(clusters, "primary", "standby");          // as in lesson 13, with two roles
    var receiver = closing(new Receiver());                      // somebody who wants to hear
    var environment = environment(servers, receiver);
    var left = program("left", SERVICE, environment);
    var right = program("right", SERVICE, environment);
    for (var instance : List.of(left, right)) {
        show("listening on " + (instance.port() > 0 ? "a port of its own" : "") + ", "
            + String.join(", ", instance.said("migrated")));
    }
    show(queryAs(owner(servers.primary()), "select version, description, installed_by, success "
        + "from billing.flyway_schema_history where version is not null order by installed_rank"));
    // end::two-at-once[]
    expect("one of the two has migrated", List.of("migrated: 0", "migrated: 4"),
        Stream.of(left, right).map(i -> i.said("migrated").getFirst()).sorted().toList());

    step("two-tenants");                                         // tag::two-tenants[]
    var asked = new ArrayList<Got>();
    var created = post(left, ANN, "/invoices", "inv-1", """
        {"customer": "Miller", "amount": "19.99", "iban": "DE89 3704 0044 0532 0130 00"}""");
    asked.add(created);
    var one = "/invoices/" + created.text("id");
    asked.add(get(right, ANN, one, created.writtenAt()));        // the other instance
    asked.add(get(right, BOB, one));                             // the other tenant
    asked.add(post(right, BOB, one + "/payments", "pay-1", """
        {"amount": "19.99"}"""));
    asked.add(get(right, BOB, "/invoices"));
    asked.add(get(right, "guessed", "/invoices"));
    asked.add(post(left, ANN, "/invoices", "inv-2", """
        {"customer": "Miller", "amount": "-1", "iban": "DE89 3704 0044 0532 0130 00"}"""));
    show(lines(asked));
    // end::two-tenants[]
    expect("Ann's is Ann's", List.of(201, 200, 404, 404, 200, 401, 400), asked.stream().map(Got::status).toList());
    expect("and its iban stays inside", true, asked.stream().noneMatch(got -> got.body().contains("0532")));

    step("pages");                                               // tag::pages[]
    var batch = newKey();                    // keys of this run
    for (int i = 1; i <= 45; i++) {
        post(left, ANN, "/invoices", batch + i, invoice("Customer " + i, "10.00"));
    }
    var ids = new ArrayList<String>();
    var sizes = new ArrayList<Integer>();
    for (var next = Optional.of("/invoices?limit=20"); next.isPresent(); ) {
        var page = get(left, ANN, next.get()).json();
        page.get("items").forEach(item -> ids.add(item.get("id").stringValue()));
        sizes.add(page.get("items").size());
        next = page.get("next").isNull() ? Optional.empty()
            : Optional.of("/invoices?limit=20&after=" + page.get("next").stringValue());
        post(left, ANN, "/invoices", batch + "between" + sizes.size(), invoice("In between", "1.00"));
    }
    show("pages of " + sizes + " invoices, " + new HashSet<>(ids).size() + " different ones");
    var cursor = get(left, ANN, "/invoices?limit=1").json().get("next").stringValue();
    show("with Ann's cursor Bob sees " + get(left, BOB, "/invoices?after=" + cursor).json().get("items"));
    show(lines(List.of(get(left, BOB, "/invoices?after=bm90aGluZw"))));
    // end::pages[]
    expect("no invoice twice", ids.size(), new HashSet<>(ids).size());
    expect("nothing of hers", 0, get(left, BOB, "/invoices?after=" + cursor).json().get("items").size());

    step("once");                                                // tag::once[]
    var due = invoice("Twice", "100.00");
    var key = newKey();
    var same = atOnce(10, i -> post(i % 2 == 0 ? left : right, ANN, "/invoices", key, due));
    show(tally(same) + ", " + same.stream().map(Got::body).distinct().count() + " different answer, "
        + count(servers.primary(), "Twice") + " invoice");
    show(lines(List.of(post(left, ANN, "/invoices", key, due.replace("100.00", "200.00")))));

    var pay = "/invoices/" + same.getFirst().text("id") + "/payments";
    var paid = atOnce(10, i -> post(i % 2 == 0 ? left : right, ANN, pay, key + i, """
        {"amount": "30.00"}"""));
    show(tally(paid) + " for ten payments of 30.00 at once");
    show(lines(paid.stream().filter(got -> got.status() == 409).limit(1).toList()));
    // end::once[]
    expect("ten answers, one invoice", List.of(10L, 1L, 1L), List.of(same.stream().filter(got -> got.status() == 201).count(),
        same.stream().map(Got::body).distinct().count(), count(servers.primary(), "Twice")));
    expect("three payments fit", Map.of(201, 3, 409, 7), tally(paid));

    step("told");                                                // tag::told[]
    eventually("all is told", () -> untold(servers.primary()) == 0);
    receiver.clear();
    receiver.failNext(3);                                        // he answers 500 three times
    var told = post(left, ANN, "/invoices", batch + "told", invoice("Told", "50.00")).text("id");
    for (int i = 1; i <= 4; i++) {
        post(i % 2 == 0 ? left : right, ANN, "/invoices/" + told + "/payments", batch + "told" + i, """
            {"amount": "10.00"}""");
    }
    eventually("all is told", () -> untold(servers.primary()) == 0);
    show(receiver.refused() + " posts were refused at first");
    var types = receiver.events().stream().map(event -> event.get("id") + " "
        + event.get("type").stringValue()).toList();
    show(types);
    // end::told[]
    expect("he refused three", 3, receiver.refused());
    expect("all came, in their order", List.of("invoice.created", "invoice.paid", "invoice.paid", "invoice.paid", "invoice.paid"),
        types.stream().distinct().map(type -> type.split(" ")[1]).toList());

    step("inside");                                              // tag::inside[]
    show(queryAs(owner(servers.primary()), "select customer, amount, left(iban_sealed::text, 30) || '…' "
        + "as iban_sealed, iban_end from billing.invoices where customer = 'Twice'"));
    show(queryAs(owner(servers.primary()), "select actor, table_name, action, "
        + "old_row ->> 'paid' as before, new_row ->> 'paid' as after "
        + "from billing.audit where table_name = 'invoices' "
        + "and new_row ->> 'customer' = 'Twice' order by id"));
    var app = new Login(owner(servers.primary()).url(), "billing_app", PASSWORD);
    show(fails(() -> execute(app, "delete from billing.audit")));
    show(queryAs(app, "select count(*) as seen_without_a_tenant from billing.invoices"));
    // end::inside[]
    expect("the service cannot touch the audit", "42501", outcome(() -> execute(app, "delete from billing.audit")));
    expect("nobody's invoices are none", 0L, valueAs(app, Long.class, "select count(*) from billing.invoices"));
    expect("an invoice and three payments", 4L, valueAs(owner(servers.primary()), Long.class,
        "select count(*) from billing.audit where table_name = 'invoices' and new_row ->> 'customer' = 'Twice'"));

    step("own-writes");                                          // tag::own-writes[]
    record Reads(String replay, String read, int found, long on_standby, long on_primary) { }
    var reads = new ArrayList<Reads>();
    for (var replay : List.of("running", "paused")) {
        execute(servers.standby().admin(), replay.equals("paused")
            ? "select pg_wal_replay_pause()" : "select pg_wal_replay_resume()");
        eventually("it is " + replay, () -> replay.equals("running") || valueAs(servers.standby().admin(),
            String.class, "select pg_get_wal_replay_pause_state()").equals("paused"));
        for (var withToken : List.of(false, true)) {
            var before = reads(left);
            int found = 0;
            for (int i = 0; i < 20; i++) {
                var wrote = post(left, ANN, "/invoices", newKey(), invoice("Own", "1.00"));
                var read = get(left, ANN, "/invoices/" + wrote.text("id"),
                    withToken ? wrote.writtenAt() : "");
                found += read.status() == 200 ? 1 : 0;
            }
            var after = reads(left);
            reads.add(new Reads(replay, withToken ? "with X-Written-At" : "without", found,
                after.get("standby") - before.get("standby"),
                after.get("primary") - before.get("primary")));
        }
    }
    execute(servers.standby().admin(), "select pg_wal_replay_resume()");
    show(reads);
    // end::own-writes[]
    expect("in the pause, who does not say it misses some", reads.get(2).found(), n -> n < 20);
    expect("who says when he wrote finds all", List.of(20, 20), List.of(reads.get(1).found(), reads.get(3).found()));

    step("fifty-readers");                                       // tag::fifty-readers[]
    Thread.sleep(2100);                                          // nothing is kept any more
    var queries = metric(left, "billing_summary_queries_total");
    var summaries = atOnce(50, _ -> get(left, ANN, "/summary"));
    var asOne = metric(left, "billing_summary_queries_total") - queries;
    show(tally(summaries) + ", " + asOne + " query");
    show(lines(summaries.subList(0, 1)));
    // end::fifty-readers[]
    expect("fifty at once are few queries", asOne, n -> n >= 1 && n <= 10);
    expect("all got an answer", Map.of(200, 50), tally(summaries));
    expect("and it is the same", 1L, summaries.stream().map(Got::body).distinct().count());

    step("nobody-hears");                                        // tag::nobody-hears[]
    var sums = new ArrayList<String>();
    for (var listening : List.of(true, false)) {
        get(right, ANN, "/summary");                       // the other instance keeps one too
        if (!listening) {
            execute(servers.primary().admin(), "select pg_terminate_backend(pid, 5000) "
                + "from pg_stat_activity where application_name = 'billing-news'");
        }
        post(left, ANN, "/invoices", newKey(), invoice("News", "1000.00"));
        var sum = get(left, ANN, "/summary").text("open");
        eventually("the other instance has it", () ->
            get(right, ANN, "/summary").text("open").equals(sum));
        sums.add((listening ? "told: " : "not told: ") + sum);
    }
    show(sums);
    // end::nobody-hears[]
    expect("both sums were seen on both instances", 2L, sums.stream().distinct().count());

    step("health");                                              // tag::health[]
    show(lines(List.of(get(left, "", "/health"), get(left, "", "/health/live"))));
    show(get(left, "", "/metrics").body().lines().filter(line ->
        line.matches(".*(pool|lag|retries|told).*")).sorted().toList());
    // end::health[]
    expect("it is up", 200, get(left, "", "/health").status());

    step("bare-query");                                          // tag::bare-query[]
    var path = "/invoices?limit=100";
    try (var connection = app.connect(); var set = connection.createStatement();
            var select = connection.prepareStatement("select id, customer, amount, paid, iban_end, "
                + "created_at from billing.invoices order by created_at desc, id desc limit 100")) {
        connection.setAutoCommit(false);
        Work bare = () -> {
            set.execute("set local billing.tenant = '" + ANN_ID + "'");
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    IntStream.rangeClosed(1, 6).forEach(i -> text(rows, i));
                }
            }
            connection.commit();
        };
        median(200, bare);                                       // to warm up, both
        median(200, () -> get(left, ANN, path));
        var figures = new LinkedHashMap<String, Double>();
        figures.put("begin, who asks, the query, commit", median(100, bare));
        figures.put("a page of 100 from the service", median(100, () -> get(left, ANN, path)));
        figures.put("the summary, kept", median(100, () -> get(left, ANN, "/summary")));
        show(compare("one read", "ms", figures, "with HTTP, JSON and a pool around the query"));
    }
    var standby = servers.standby();
    reload(standby, "log_statement", "all");
    var logged = standby.log("from billing.invoices").size();
    var begun = standby.log("BEGIN").size();
    for (int i = 0; i < 20; i++) {
        get(left, ANN, path);
    }
    var asStatements = standby.log("from billing.invoices").size() - logged;
    show("20 pages are " + asStatements + " queries, and `begin` came "
        + (standby.log("BEGIN").size() - begun) + " times");
    reload(standby, "log_statement", "none");
    // end::bare-query[]
    expect("at most one query for a page", asStatements, n -> n > 0 && n <= 20);

    step("backend-killed");                                      // tag::backend-killed[]
    try (var clients = new Clients("Killed " + batch, List.of(left, right), 150)) {
        for (int i = 1; i <= 3; i++) {
            clients.await(i * 30);
            execute(servers.primary().admin(), "select pg_terminate_backend(pid) from pg_stat_activity "
                + "where usename = 'billing_app'");
        }
        var seen = clients.result(servers.primary());
        show(List.of(seen));
        show(Stream.of(left, right).flatMap(i -> get(i, "", "/metrics").body().lines())
            .filter(line -> line.startsWith("billing_retries")).toList());
        expect("nothing is lost or doubled", List.of(150L, 0L, 0L), seen.counts());
    }
    // end::backend-killed[]

    step("instance-killed");                                     // tag::instance-killed[]
    receiver.clear();
    try (var clients = new Clients("Instance " + batch, List.of(left, right), 150)) {
        clients.await(50);
        right.kill();                                            // -9, while it writes and tells
        var seen = clients.result(servers.primary());
        show(List.of(seen));
        eventually("all is told", () -> untold(servers.primary()) == 0);
        var heard = receiver.events().stream().filter(clients::know).map(event -> event.get("id"));
        var events = heard.toList();
        var different = events.stream().distinct().count();
        show(events.size() + " events, " + different + " different");
        expect("nothing is lost or doubled", List.of(150L, 0L, 0L), seen.counts());
        expect("and all of it was told", 150L, different);
    }
    var back = program("right", SERVICE, environment);
    eventually("it is back", () -> get(back, "", "/health").status() == 200);
    show("back again, " + String.join("", back.said("migrated")));
    // end::instance-killed[]

    step("just-alter");                                          // tag::just-alter[]
    var owner = owner(servers.primary());
    execute(owner, "alter table billing.invoices drop column if exists hasty");
    var report = session("a report", owner);
    var hasty = session("a migration", owner);
    Seen queued;
    try (var clients = new Clients("Hasty " + batch, List.of(left, back), 100)) {
        clients.await(20);
        report.run("begin");
        report.run("select count(*) from billing.invoices");     // and it takes its time
        hasty.start("alter table billing.invoices add column hasty text");
        clients.awaitRefused(8);                                 // and everybody else behind it
        report.run("commit");
        hasty.await();
        queued = clients.result(servers.primary());
    }
    show(lanes(report, hasty));
    show(List.of(queued));
    // end::just-alter[]
    expect("whoever just alters stops the shop", queued.answers().get("503"), n -> n >= 8);
    expect("nothing is lost or doubled", List.of(100L, 0L, 0L), queued.counts());

    step("migration-under-load");                                // tag::migration-under-load[]
    execute(owner, "alter table billing.invoices drop column if exists due_on"); // of an earlier run
    execute(owner, "delete from billing.flyway_schema_history where version::int > 4");
    Seen unhurt;
    report.run("begin");
    report.run("select count(*) from billing.invoices");         // the same report
    try (var clients = new Clients("Patient " + batch, List.of(left, back), 100)) {
        clients.await(20);
        show(sqlState(fails(() -> later(servers.primary()).migrate())) + ", after 100 ms");
        clients.await(60);                                       // the shop goes on
        report.run("commit");
        show(later(servers.primary()).migrate().migrationsExecuted + " migrations");
        unhurt = clients.result(servers.primary());
    }
    show(List.of(unhurt));
    show(queryAs(owner, "select count(*) as invoices, count(due_on) as with_due_date, "
        + "(select convalidated from pg_constraint where conname = 'invoices_due_on') as checked "
        + "from billing.invoices"));
    // end::migration-under-load[]
    expect("nothing is lost or doubled", List.of(100L, 0L, 0L), unhurt.counts());
    expect("whoever does not wait for a lock has nobody wait", unhurt.answers().getOrDefault("503", 0), n -> n < 8);

    step("primary-lost");                                        // tag::primary-lost[]
    var other = pair(clusters, "old", "new");                    // a pair of its own, to be lost
    var third = program("third", SERVICE, environment(other, receiver));
    var health = new ArrayList<Integer>();
    third.port();
    try (var clients = new Clients("Lost " + batch, List.of(third), 200)) {
        clients.await(60);
        health.add(get(third, "", "/health").status());
        other.primary().kill();                                  // the power is gone
        eventually("it says so", () -> get(third, "", "/health").status() == 503);
        health.add(get(third, "", "/health").status());
        health.add(get(third, "", "/health/live").status());     // do not kill it for that
        execute(other.standby().admin(), "select pg_promote()"); // somebody, or Patroni, decides
        var seen = clients.result(other.standby());
        show(List.of(seen));
        eventually("it is well again", () -> get(third, "", "/health").status() == 200);
        health.add(200);
        show("/health and /health/live said " + health);
        expect("nothing is lost or doubled", List.of(200L, 0L, 0L), seen.counts());
    }
    // end::primary-lost[]
    expect("health, on the way", List.of(200, 503, 200, 200), health);

    step("a-backup");                                            // tag::a-backup[]
    var backup = clusters.standby(servers.primary(), "backup");  // a base backup, as in lesson 10
    backup.start();
    execute(backup.admin(), "select pg_promote()");              // it goes its own way from here
    var invoices = "select count(*) as invoices, sum(amount) as amount from billing.invoices";
    show(queryAs(owner(servers.primary()), invoices));
    show(queryAs(owner(backup), invoices));                      // restored, or it is no backup
    expect("all is there", queryAs(owner(servers.primary()), invoices), queryAs(owner(backup), invoices));
    backup.stop();
    record Found(String text, long files) { }
    show(Stream.of("Customer 45", "DE89370400440532013000").map(text ->
        new Found(text, filesWith(backup.data(), text))).toList());
    execute(servers.primary().admin(), "select pg_drop_replication_slot('backup')");
    // end::a-backup[]
    expect("no file has an iban", 0L, filesWith(backup.data(), "DE89370400440532013000"));
    expect("and the search can find", filesWith(backup.data(), "Customer 45"), n -> n > 0);

    step("the-end");                                             // tag::the-end[]
    show("MB of memory: " + memory(List.of(left, back),
        List.of(servers.primary(), servers.standby())));
    try (var clients = new Clients("End " + batch, List.of(left, back), 100)) {
        clients.await(30);
        show("SIGTERM, exit code " + left.stop());               // finishes what it has begun
        var seen = clients.result(servers.primary());
        show(List.of(seen));
        expect("nothing is lost or doubled", List.of(100L, 0L, 0L), seen.counts());
    }
    // end::the-end[]

    step("what-stays");                                          // tag::what-stays[]
    show(migrate());
    // end::what-stays[]
}

/** The other one is {@code SERVICE=spring/ServiceOnSpring.java ./jbang lesson15}. */
static final String SERVICE = System.getenv().getOrDefault("SERVICE", "service/Service.java");
static final String ANN = "token-of-ann";
static final String ANN_ID = "0a000000-0000-4000-8000-000000000001";
static final String BOB = "token-of-bob";
static final String PASSWORD = "only-for-this-lesson";

/** Two servers, of which the second follows the first; a commit is one when both have it. */
record Pair(OwnCluster primary, OwnCluster standby) { }

/** Host and port. */
String place(OwnCluster cluster) {
    return URI.create(cluster.admin().url().substring("jdbc:".length())).getAuthority();
}

/** Waits until something is so, two minutes at most: four programs and two servers start on this machine. */
void eventually(String what, Callable<Boolean> condition) throws Exception {
    for (var end = System.nanoTime() + Duration.ofMinutes(2).toNanos(); !condition.call(); Thread.sleep(20)) {
        if (System.nanoTime() > end) {
            throw new IllegalStateException("after two minutes it is not so: " + what);
        }
    }
}

/** Another setting, from now on. */
void reload(OwnCluster cluster, String setting, String value) throws Exception {
    execute(cluster.admin(), "alter system set " + setting + " = '" + value + "'");
    execute(cluster.admin(), "select pg_reload_conf()");
    eventually("it is known", () -> valueAs(cluster.admin(), String.class, "show " + setting).equals(value));
}

/** Makes them, with a database and two roles: one owns it, the other is the service. */
Pair pair(OwnClusters clusters, String first, String second) throws Exception {
    var primary = clusters.create(first);
    primary.set(Map.of("autovacuum", "off", "synchronous_commit", "on"));
    primary.start();
    execute(primary.admin(), "create role billing_owner login password '" + PASSWORD + "'");
    execute(primary.admin(), "create role billing_app login password '" + PASSWORD + "'");
    execute(primary.admin(), "create database billing owner billing_owner");
    var standby = clusters.standby(primary, second);
    standby.start();
    reload(primary, "synchronous_standby_names", second);
    eventually("it is sync", () -> valueAs(primary.admin(), Long.class, "select count(*) from pg_stat_replication "
        + "where sync_state = 'sync' and state = 'streaming'") == 1);
    return new Pair(primary, standby);
}

/** The owner of the tables, whom policies do not bind. */
Login owner(OwnCluster cluster) {
    return new Login("jdbc:postgresql://" + place(cluster) + "/billing", "billing_owner", PASSWORD);
}

/** What an instance of the service is told. */
Map<String, String> environment(Pair servers, Receiver receiver) {
    return Map.of("JDBC_URL", "jdbc:postgresql://" + place(servers.primary()) + "," + place(servers.standby()) + "/billing",
        "READ_JDBC_URL", "jdbc:postgresql://" + place(servers.standby()) + "/billing",
        "OWNER_USER", "billing_owner", "OWNER_PASSWORD", PASSWORD, "APP_USER", "billing_app", "APP_PASSWORD", PASSWORD,
        "EVENTS_URL", receiver.url(), "FIELD_KEY", Base64.getEncoder().encodeToString(new byte[32]), // no key for real data
        "TOKENS", ANN + "=" + ANN_ID + "," + BOB + "=0b000000-0000-4000-8000-000000000002");
}

/** The migrations of the next version of the service, after those of this one. */
Flyway later(OwnCluster primary) {
    var service = "filesystem:lessons/15-capstone/service/";
    return Flyway.configure().dataSource(owner(primary).url(), "billing_owner", PASSWORD).defaultSchema("billing")
        .locations(service + "migrations", service + "later").placeholders(Map.of("app", "billing_app")).load();
}

static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

/** What the service answered. */
record Got(String request, int status, String body, String writtenAt) {
    JsonNode json() {
        return new ObjectMapper().readTree(body);
    }

    String text(String name) {
        return json().get(name).stringValue();
    }
}

/** No answer is a status too: 0. */
Got send(JavaProcess instance, String path, HttpRequest.Builder request) {
    var built = request.uri(URI.create("http://127.0.0.1:" + instance.port() + path)).timeout(Duration.ofSeconds(20)).build();
    try {
        var response = HTTP.send(built, HttpResponse.BodyHandlers.ofString());
        return new Got(built.method() + " " + path, response.statusCode(), response.body(),
            response.headers().firstValue("X-Written-At").orElse(""));
    } catch (IOException e) {
        return new Got(built.method() + " " + path, 0, "", "");
    } catch (InterruptedException e) {
        throw new IllegalStateException(e);
    }
}

/** Asks again, some times, while the answer is 503 or none. */
Got patiently(Supplier<Got> request) {
    var got = request.get();
    for (int i = 0; i < 20 && Set.of(0, 503).contains(got.status()); i++) {
        got = request.get();
    }
    return got;
}

/** The same, once. */
Got tryPost(JavaProcess instance, String token, String path, String key, String body) {
    return send(instance, path, HttpRequest.newBuilder().header("Authorization", "Bearer " + token)
        .header("Idempotency-Key", key).POST(HttpRequest.BodyPublishers.ofString(body)));
}

/** Writes, and comes back with the same key as long as it is told to. */
Got post(JavaProcess instance, String token, String path, String key, String body) {
    return patiently(() -> tryPost(instance, token, path, key, body));
}

/** Reads what is at least so fresh. */
Got get(JavaProcess instance, String token, String path, String writtenAt) {
    var request = HttpRequest.newBuilder().header("Authorization", "Bearer " + token).GET();
    return send(instance, path, writtenAt.isEmpty() ? request : request.header("X-Written-At", writtenAt));
}

/** Reads. */
Got get(JavaProcess instance, String token, String path) {
    return path.startsWith("/health") ? get(instance, token, path, "") : patiently(() -> get(instance, token, path, ""));
}

/** An answer as it is shown: ids differ from run to run. */
record Line(String request, int status, String body) { }

/** Requests and answers. */
List<Line> lines(List<Got> answers) {
    var id = "[0-9a-f]{8}-[0-9a-f-]{27}";
    return answers.stream().map(got -> new Line(got.request().replaceAll(id, "{id}"), got.status(),
        got.body().replaceAll(id, "{id}").replaceAll("\"createdAt\":\"[^\"]*", "\"createdAt\":\"…"))).toList();
}

/** A key that nobody has used. */
String newKey() {
    return UUID.randomUUID().toString();
}

/** An invoice as it is asked for. */
String invoice(String customer, String amount) {
    return """
        {"customer": "%s", "amount": "%s", "iban": "DE89 3704 0044 0532 0130 00"}""".formatted(customer, amount);
}

/** Many at the same moment. */
List<Got> atOnce(int times, IntFunction<Got> request) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var tasks = IntStream.range(0, times).<Callable<Got>>mapToObj(i -> () -> request.apply(i)).toList();
        return threads.invokeAll(tasks, 60, TimeUnit.SECONDS).stream().map(Future::resultNow).toList();
    }
}

/** A value of a row, as text. */
String text(ResultSet row, int column) {
    try {
        return row.getString(column);
    } catch (SQLException e) {
        throw new IllegalStateException(e);
    }
}

/** How often each status came. */
Map<Integer, Integer> tally(List<Got> answers) {
    var counts = new TreeMap<Integer, Integer>();
    answers.forEach(got -> counts.merge(got.status(), 1, Integer::sum));
    return counts;
}

/** A number of an instance's metrics; 0 where nothing was counted yet. */
long metric(JavaProcess instance, String name) {
    return get(instance, "", "/metrics").body().lines().filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1))).sum();
}

/** How many reads an instance has sent where. */
Map<String, Long> reads(JavaProcess instance) {
    return Stream.of("standby", "primary").collect(Collectors.toMap(server -> server,
        server -> metric(instance, "billing_reads_total{server=\"" + server + "\"}")));
}

/** The invoices of a customer. */
long count(OwnCluster server, String customer) throws SQLException {
    return valueAs(owner(server), Long.class, "select count(*) from billing.invoices where customer = ?", customer);
}

/** The events that nobody has been told of. */
long untold(OwnCluster server) throws SQLException {
    return valueAs(owner(server), Long.class, "select count(*) from billing.outbox where told_at is null");
}

/** How many files below a folder have this text in them. */
long filesWith(Path folder, String text) {
    try (var files = Files.walk(folder)) {
        return files.filter(Files::isRegularFile).filter(file -> {
            try {
                return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }).count();
    } catch (IOException e) {
        throw new UncheckedIOException(e);
    }
}

/** The memory of programs and servers in MB, what they share counted once; says so where this machine does not tell. */
String memory(List<JavaProcess> programs, List<OwnCluster> servers) throws IOException {
    var kilobytes = new LinkedHashMap<String, Long>();
    for (var program : programs) {
        kilobytes.put("instance " + (kilobytes.size() + 1), pss(program.pid()));
    }
    for (var server : servers) {
        var postmaster = Long.parseLong(Files.readAllLines(server.data().resolve("postmaster.pid")).getFirst());
        var processes = ProcessHandle.of(postmaster).stream().flatMap(first -> Stream.concat(Stream.of(first), first.descendants()));
        kilobytes.put("server " + (kilobytes.size() - programs.size() + 1), processes.mapToLong(process -> pss(process.pid())).sum());
    }
    return kilobytes.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue() / 1024).toList() + ", together "
        + kilobytes.values().stream().mapToLong(Long::longValue).sum() / 1024;
}

/** Of one process, in kB; 0 where it is gone, or this is no Linux. */
long pss(long pid) {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
        return lines.filter(line -> line.startsWith("Pss:")).mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))).sum();
    } catch (IOException | UncheckedIOException e) {
        return 0;
    }
}

/** Who wants to hear what has happened; he hears some things twice. */
static class Receiver implements AutoCloseable {
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    Receiver() throws IOException {
        server.createContext("/", exchange -> {
            try (exchange) {
                var event = new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes());
                var fails = failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
                if (fails) {
                    refused.incrementAndGet();
                } else {
                    events.add(event);
                }
                exchange.sendResponseHeaders(fails ? 500 : 204, -1);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    void failNext(int n) {
        failures.set(n);
    }

    void clear() {
        events.clear();
        refused.set(0);
    }

    List<JsonNode> events() {
        return List.copyOf(events);
    }

    int refused() {
        return refused.get();
    }

    @Override public void close() {
        server.stop(0);
    }
}

/** What clients saw until all was written, and what became of it. */
record Seen(Map<String, Integer> answers, long acknowledged, long lost, long doubled) {
    List<Long> counts() {
        return List.of(acknowledged, lost, doubled);
    }
}

/** Four clients who write so many invoices of one customer. Each has a key, and goes with it until it is acknowledged. */
class Clients implements AutoCloseable {
    private final String customer;
    private final List<JavaProcess> instances;
    private final AtomicInteger left;
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads;
    private final int all;
    private volatile boolean closed;

    Clients(String customer, List<JavaProcess> instances, int all) {
        this.customer = customer + " " + newKey(); // those of another run are not counted
        this.instances = instances;
        this.all = all;
        left = new AtomicInteger(all);
        threads = IntStream.range(0, 4).mapToObj(i -> Thread.ofVirtual().start(() -> write(i))).toList();
    }

    private void write(int turn) {
        while (!closed && left.getAndDecrement() > 0) {
            var key = newKey();
            for (var got = Optional.<String>empty(); got.isEmpty() && !closed; turn++) {
                got = tried(instances.get(turn % instances.size()), key);
            }
        }
    }

    private Optional<String> tried(JavaProcess instance, String key) {
        var got = tryPost(instance, ANN, "/invoices", key, invoice(customer, "1.00"));
        answers.merge(got.status() == 0 ? "no answer" : String.valueOf(got.status()), 1, Integer::sum);
        if (got.status() == 201) {
            acknowledged.add(got.text("id"));
            return Optional.of(key);
        }
        pause();                                                 // Retry-After says 1 s; we are impatient
        return Optional.empty();
    }

    private void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until so many are acknowledged. */
    void await(int n) throws Exception {
        eventually(n + " invoices", () -> acknowledged.size() >= n);
    }

    /** Waits until so many tries were refused. */
    void awaitRefused(int n) throws Exception {
        eventually(n + " refusals", () -> answers.getOrDefault("503", 0) >= n);
    }

    /** Whether an event tells of one of these invoices. */
    boolean know(JsonNode event) {
        return acknowledged.contains(event.get("payload").get("invoice").stringValue());
    }

    /** When all is written: what they saw, and what is there of it. */
    Seen result(OwnCluster server) throws Exception {
        await(all);
        var stored = valueAs(owner(server), String.class,
            "select coalesce(string_agg(id::text, ' '), '') from billing.invoices where customer = ?", customer);
        var lost = acknowledged.stream().filter(id -> !stored.contains(id)).count();
        return new Seen(new TreeMap<>(answers), acknowledged.size(), lost, stored.split(" ").length - all);
    }

    @Override public void close() throws InterruptedException {
        closed = true;
        for (var thread : threads) {
            thread.join(Duration.ofSeconds(30));
        }
    }
}

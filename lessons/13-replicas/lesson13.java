///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.base;
import module java.sql;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import com.zaxxer.hikari.*;
import lab.Login;
import lab.cluster.OwnCluster;
import static script.Script.*;

/** Replicas: what a second server is good for, what it costs, and what happens when the first one dies. */
void main(String... args) throws Exception {
    begin("13-replicas", args);

    step("a-standby");                                           // tag::a-standby[]
    var clusters = clusters();                                   // of our own: one will have to die
    show(clusters.describe());
    var primary = clusters.create("primary");
    primary.set(Map.of("wal_level", "logical", "autovacuum", "off")); // logical: for later
    primary.start();
    execute(primary.admin(), "create table orders (id int generated always as identity primary key, "
        + "note text not null default 'an order')");
    order(primary, 1000);

    var standby = clusters.standby(primary, "standby");          // a copy of the files, and a slot
    show(Files.readAllLines(standby.data().resolve("postgresql.auto.conf")).stream()
        .filter(line -> line.startsWith("primary_"))
        .map(line -> line.replaceFirst("password=\\S+", "password=…")).toList());
    show(standby.start());

    order(primary, 1);
    await("the new order is there", () -> number(standby, "select count(*) from orders") == 1001);
    show(queryAs(primary.admin(), "select application_name, state, sync_state, "
        + "(select active from pg_replication_slots) as slot_is_active from pg_stat_replication"));
    show(queryAs(standby.admin(), "select pg_is_in_recovery(), status, slot_name, "
        + "(select count(*) from orders) as orders from pg_stat_wal_receiver"));
    // end::a-standby[]
    expect("it streams", "streaming", valueAs(primary.admin(), String.class, "select state from pg_stat_replication"));

    step("refuses");                                             // tag::refuses[]
    record Tried(String statement, String primary, String standby) { }
    var tried = new ArrayList<Tried>();
    for (var statement : List.of("select count(*) from orders",
            "insert into orders default values",
            "select nextval('orders_id_seq')",
            "select * from orders where id = 1 for update",
            "create temp table cart (id int)",
            "explain analyze delete from orders",
            "listen news",
            "set transaction isolation level serializable; select 1",
            "set transaction read write",
            "lock table orders in access share mode",
            "select pg_advisory_lock(1)")) {
        tried.add(new Tried(statement, outcome(() -> tryAndUndo(primary, statement)),
            outcome(() -> tryAndUndo(standby, statement))));
    }
    show(tried);
    show(fails(() -> tryAndUndo(standby, "create temp table cart (id int)")));
    // end::refuses[]
    expect("the primary takes all", true, tried.stream().allMatch(t -> t.primary().equals("accepted")));
    expect("the standby refuses whatever writes, the second to the sixth", Collections.nCopies(5, "25006"),
        tried.subList(1, 6).stream().map(Tried::standby).toList());
    expect("and takes what only reads", List.of("accepted", "accepted"),
        List.of(tried.getFirst().standby(), tried.getLast().standby()));

    step("read-your-writes");                                    // tag::read-your-writes[]
    reload(primary, "synchronous_standby_names", "standby");
    awaitSync(primary, "sync");
    var levels = List.of("local", "remote_write", "on", "remote_apply");
    var missing = new ArrayList<Integer>();
    var commits = new LinkedHashMap<String, Double>();
    try (var writer = primary.admin().connect(); var reader = standby.admin().connect();
            var insert = writer.prepareStatement("insert into orders default values returning id");
            var select = reader.prepareStatement("select count(*) from orders where id = ?");
            var set = writer.createStatement()) {
        median(200, () -> firstInt(insert));                     // to warm up
        for (var level : levels) {
            set.execute("set synchronous_commit = " + level);
            int notThere = 0;
            commits.put(level, median(200, () -> firstInt(insert)));
            for (int i = 0; i < 200; i++) {
                select.setInt(1, firstInt(insert));              // the user saves, and the page
                notThere += 1 - firstInt(select);                // shows what was saved
            }
            missing.add(notThere);
        }
    }
    show(chart("of 200 pages, those that miss what was just saved", "pages", levels,
        Map.of("read on the standby", missing)).over("synchronous_commit"));
    show(compare("one commit", "ms", commits, "without a network between the two"));
    reload(primary, "synchronous_standby_names", "");
    awaitSync(primary, "async");
    // end::read-your-writes[]
    expect("whoever does not wait misses some", missing.getFirst(), n -> n > 0);
    expect("whoever waits for remote_apply misses none", 0, missing.getLast());

    step("a-token");                                             // tag::a-token[]
    var rules = new LinkedHashMap<String, Rule>();
    rules.put("always the standby", written -> true);
    rules.put("sticky to the primary", String::isEmpty);
    rules.put("a token", written -> written.isEmpty()
        || hasReplayed(standby, written, Duration.ofMillis(10)));

    record Counted(String replay, String rule, int on_primary, int on_standby, int stale) { }
    var counted = new ArrayList<Counted>();
    for (var replay : List.of("running", "paused")) {
        if (replay.equals("paused")) {
            execute(standby.admin(), "select pg_wal_replay_pause()");
            await("it is paused", () -> valueAs(standby.admin(), String.class,
                "select pg_get_wal_replay_pause_state()").equals("paused"));
        }
        rules.forEach((name, rule) -> {
            var reads = visits(primary, standby, rule);          // 10 users who write, 10 who do not
            counted.add(new Counted(replay, name,
                reads.onPrimary(), reads.onStandby(), reads.stale()));
        });
    }
    execute(standby.admin(), "select pg_wal_replay_resume()");
    show(counted);
    // end::a-token[]
    expect("in the pause all who wrote and read on the standby see the past", 30, counted.get(3).stale());
    expect("sticky and token never do", List.of(0, 0, 0, 0), Stream.of(1, 2, 4, 5).map(i -> counted.get(i).stale()).toList());
    expect("sticky asks the primary always, the token in the pause", List.of(30, 30, 30),
        Stream.of(1, 4, 5).map(i -> counted.get(i).on_primary()).toList());

    step("how-far-behind");                                      // tag::how-far-behind[]
    execute(primary.admin(), "drop table if exists heartbeat");
    execute(primary.admin(), "create table heartbeat (beat timestamptz)");
    caughtUp(primary, standby);
    var looks = new ArrayList<Look>();
    Thread.sleep(1100);
    looks.add(look("it is quiet", primary, standby));

    execute(primary.admin(), "insert into heartbeat values (clock_timestamp())");
    caughtUp(primary, standby);
    execute(standby.admin(), "select pg_wal_replay_pause()");
    order(primary, 100);
    Thread.sleep(1100);
    looks.add(look("replay pauses", primary, standby));
    execute(standby.admin(), "select pg_wal_replay_resume()");

    execute(primary.admin(), "update heartbeat set beat = clock_timestamp()");
    caughtUp(primary, standby);
    var way = valueAs(standby.admin(), String.class, "show primary_conninfo");
    reload(standby, "primary_conninfo", "");                     // the cable is cut
    await("nothing streams", () -> number(primary, "select count(*) from pg_stat_replication") == 0);
    order(primary, 100);
    Thread.sleep(1100);
    looks.add(look("it is cut off", primary, standby));
    reload(standby, "primary_conninfo", way);
    execute(primary.admin(), "update heartbeat set beat = clock_timestamp()");
    caughtUp(primary, standby);
    looks.add(look("it is back", primary, standby));
    show(looks);
    // end::how-far-behind[]
    expect("orders that are missing", List.of(0L, 100L, 100L, 0L), looks.stream().map(Look::orders_missing).toList());
    expect("the usual formula sees a lag where there is none", looks.getFirst().usual_s(), s -> s >= 1.1);
    expect("the careful one sees none where there is one", "0.0", String.valueOf(looks.get(2).careful_s()));
    expect("the heartbeat is right", looks.get(2).heartbeat_s(), s -> s >= 1.1);

    step("a-long-report");                                       // tag::a-long-report[]
    record Night(String feedback, String delay, String report, long kb_kept, boolean new_order_seen) { }
    var nights = new ArrayList<Night>();
    var gate = session("gate", standby.admin());
    for (var night : List.of(List.of("off", "300ms"), List.of("off", "-1"), List.of("on", "300ms"))) {
        var feedback = night.getFirst();
        var delay = night.getLast();
        reload(standby, "hot_standby_feedback", feedback);
        reload(standby, "max_standby_streaming_delay", delay);
        await("the primary knows", () -> isToldToKeep(primary) == feedback.equals("on"));
        execute(primary.admin(), "drop table if exists carts");
        execute(primary.admin(), "create table carts as select generate_series(1, 20000) as id");
        caughtUp(primary, standby);

        gate.run("select pg_advisory_lock(13)");                 // as long as this is held,
        var report = session("report, on the standby", standby.admin());
        report.start("select count(*) from orders, pg_advisory_xact_lock_shared(13)");
        await("it has begun", () -> waitsFor(standby, "advisory"));
        var shop = session("shop, on the primary", primary.admin());
        shop.run("delete from carts");                           // another table, by the way
        shop.run("vacuum carts");
        var order = shop.value("insert into orders default values returning id");

        var isThere = "select count(*) from orders where id = " + order;
        await("somebody gives way", () -> report.isDone()
            || feedback.equals("on") && number(standby, isThere) == 1
            || delay.equals("-1") && waitsFor(standby, "RecoveryConflictSnapshot"));
        if (report.isDone()) {
            show(fails(report::await));
            show(lanes(report, shop));
            caughtUp(primary, standby);
        }
        var seen = number(standby, isThere) == 1;
        gate.run("select pg_advisory_unlock(13)");               // the report comes to its end
        nights.add(new Night(feedback, delay, outcome(report::await),
            number(primary, "select pg_relation_size('carts') / 1024"), seen));
    }
    show(nights);
    reload(standby, "hot_standby_feedback", "off");
    // end::a-long-report[]
    expect("one report is cancelled", List.of("40001", "accepted", "accepted"), nights.stream().map(Night::report).toList());
    expect("one keeps vacuum from its work", List.of(true, true, false), nights.stream().map(n -> n.kb_kept() == 0).toList());
    expect("and one keeps everybody in the past", List.of(true, false, true), nights.stream().map(Night::new_order_seen).toList());

    step("nobody-reads");                                        // tag::nobody-reads[]
    var holiday = clusters.standby(primary, "holiday");
    holiday.start();
    await("it streams", () -> slot(primary, "holiday", "").active());
    var slots = new ArrayList<Slot>();
    slots.add(slot(primary, "holiday", "it streams"));
    holiday.stop();                                              // who needs it in August?
    fill(primary, 12);
    slots.add(slot(primary, "holiday", "stopped, 12 MB later"));

    reload(primary, "max_slot_wal_keep_size", "4MB");
    await("that is too much", () -> slot(primary, "holiday", "").wal_status().equals("lost"));
    slots.add(slot(primary, "holiday", "at most 4 MB"));
    order(primary, 1);
    show(slots);

    show(holiday.start());                                       // in September
    await("it asks for its WAL", () -> !holiday.log("FATAL").isEmpty());
    showLog("the standby", holiday.log("FATAL").stream().limit(1).toList());
    var all = "select count(*) from orders";
    show(number(primary, all) - number(holiday, all) + " order is missing there, and will be");
    holiday.kill();
    dropSlots(primary, "holiday");
    reload(primary, "max_slot_wal_keep_size", "-1");             // the default: without bound

    if (since(18, "idle_replication_slot_timeout")) {
        dropSlots(primary, "forgotten");                         // of an earlier run
        execute(primary.admin(), "select pg_create_physical_replication_slot('forgotten', true)");
        reload(primary, "idle_replication_slot_timeout", "1s");  // or 3 days
        await("that is long enough", () ->
            slot(primary, "forgotten", "").wal_status().equals("lost"));
        show(queryAs(primary.admin(), "select slot_name, wal_status, invalidation_reason "
            + "from pg_replication_slots order by slot_name"));
        reload(primary, "idle_replication_slot_timeout", "0");
        dropSlots(primary, "forgotten");
    }
    // end::nobody-reads[]
    expect("a slot that nobody reads keeps the WAL", slots.get(1).kb_kept(), kb -> kb > 12_000);
    expect("until it is lost", List.of("reserved", "lost"), List.of(slots.getFirst().wal_status(), slots.getLast().wal_status()));

    step("the-standby-is-gone");                                 // tag::the-standby-is-gone[]
    standby.start();
    reload(primary, "synchronous_standby_names", "standby");
    awaitSync(primary, "sync");
    standby.kill();
    await("it is gone", () -> number(primary, "select count(*) from pg_stat_replication") == 0);
    execute(primary.admin(), "set synchronous_commit = local; "
        + "delete from orders where note like 'by %'");

    var patient = session("patient", primary.admin());
    patient.run("set statement_timeout = '200ms'; set lock_timeout = '200ms'"
        + (version() >= 17 ? "; set transaction_timeout = '200ms'" : ""));
    patient.start("insert into orders (note) values ('by a patient one')");
    await("it waits", () -> isWaiting(primary, patient.pid()));
    Thread.sleep(1000);
    show(queryAs(primary.admin(), "select wait_event, "
        + "clock_timestamp() - query_start > '1s' as too_long, (select count(*) from orders "
        + "where note like 'by a pat%') as seen_by_others from pg_stat_activity where pid = ?",
        patient.pid()));
    var noTimeout = isWaiting(primary, patient.pid());
    execute(primary.admin(), "select pg_cancel_backend(" + patient.pid() + ")");
    patient.await().forEach(said -> show(said));

    record Waited(String what_ends_it, String client_hears, boolean row_is_there) { }
    var waited = new ArrayList<Waited>();
    try (var connection = primary.admin().connect(); var statement = connection.createStatement()) {
        statement.setQueryTimeout(1);                            // the driver cancels
        var rows = statement.executeUpdate("insert into orders (note) values ('by a cancel')");
        waited.add(new Waited("setQueryTimeout", rows + " row, and a warning: "
            + (statement.getWarnings() != null), isThere(primary, "by a cancel")));
    }
    var deaf = new Login(primary.admin().url() + "?socketTimeout=1", primary.admin().user(),
        primary.admin().password());
    var lost = outcome(() -> execute(deaf, "insert into orders (note) values ('by a deaf one')"));
    waited.add(new Waited("socketTimeout", lost, isThere(primary, "by a deaf one")));
    execute(primary.admin(), "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
        + "where wait_event = 'SyncRep'");
    waited.add(new Waited("… pg_terminate_backend", "(nobody is there)",
        isThere(primary, "by a deaf one")));
    patient.start("insert into orders (note) values ('by a reload')");
    await("it waits", () -> isWaiting(primary, patient.pid()));
    reload(primary, "synchronous_standby_names", "");
    waited.add(new Waited("no standby is asked any more", outcome(patient::await),
        isThere(primary, "by a reload")));
    show(waited);
    standby.start();
    awaitSync(primary, "async");
    // end::the-standby-is-gone[]
    expect("no timeout of the server ended it", true, noTimeout);
    expect("whoever gives up finds the row there, sooner or later", List.of(true, false, true, true),
        waited.stream().map(Waited::row_is_there).toList());
    expect("one was told of success, one of a broken connection", List.of("1 row, and a warning: true", "08006"),
        waited.stream().limit(2).map(Waited::client_hears).toList());

    step("which-server");                                        // tag::which-server[]
    var both = "jdbc:postgresql://" + place(primary) + "," + place(standby)
        + "/postgres?targetServerType=";
    record Went(String url_or_call, String server, String insert) { }
    var went = new ArrayList<Went>();
    for (var type : List.of("any", "primary", "preferPrimary", "secondary", "preferSecondary")) {
        try (var connection = connect(primary, both + type)) {
            went.add(new Went("targetServerType=" + type, server(connection), insertOne(connection)));
        }
    }
    try (var connection = connect(primary, both + "any")) {
        connection.setReadOnly(true);
        went.add(new Went("setReadOnly(true)", server(connection), insertOne(connection)));
        connection.setAutoCommit(false);
        went.add(new Went("… and a transaction", server(connection), insertOne(connection)));
    }
    try (var connection = connect(primary, both + "any&readOnlyMode=always")) {
        connection.setReadOnly(true);
        went.add(new Went("… readOnlyMode=always", server(connection), insertOne(connection)));
    }
    show(went);
    // end::which-server[]
    expect("the type of server chooses", List.of("primary", "primary", "primary", "standby", "standby"),
        went.stream().map(Went::server).limit(5).toList());
    expect("setReadOnly does not, and with autocommit it does not even refuse", List.of("primary accepted", "primary 25006",
        "primary 25006"), went.stream().skip(5).map(w -> w.server() + " " + w.insert()).toList());

    step("two-pools");                                           // tag::two-pools[]
    try (var writing = pool(primary, both + "primary", 4);
            var reading = pool(primary, both + "preferSecondary", 4)) {
        record Where(String work, String server, boolean in_one_transaction) { }
        var where = new ArrayList<Where>();
        var reads = new AtomicBoolean();
        try (var connection = chosenByFlag(reads, writing, reading)) {
            reads.set(true);                                     // too late: it has its connection
            connection.setReadOnly(true);
            where.add(new Where("a flag, set afterwards", server(connection), false));
        }
        var routed = new Routed(writing, reading);
        where.add(routed.reads(c -> new Where("reads", server(c), false)));
        where.add(routed.writes(c -> new Where("writes", server(c), false)));
        where.add(routed.writes(outer -> {
            insertOne(outer);
            return routed.reads(c -> new Where("reads within writes", server(c), outer == c));
        }));
        where.add(new Where("writes within reads", fails(() -> routed.reads(outer ->
            routed.writes(c -> insertOne(c)))).getMessage(), false));
        show(where);
        expect("each went where it belongs", List.of("standby", "primary", "primary"),
            where.stream().skip(1).limit(3).map(Where::server).toList());
    }

    var sizes = List.of(2, 8, 40);
    var perSecond = new ArrayList<Integer>();
    for (var size : sizes) {
        try (var pool = pool(primary, both + "secondary", size)) {
            perSecond.add(queriesIn(Duration.ofMillis(500), pool, 64) * 2);
        }
    }
    show(chart("64 readers on the standby", "queries a second", sizes,
        Map.of("one pool", perSecond)).over("connections in the pool"));
    // end::two-pools[]
    expect("five times as many connections are not twice as fast", perSecond.getLast() / (double) perSecond.get(1), r -> r < 2);

    step("failover");                                            // tag::failover[]
    var left = clusters.create("left");
    left.set(Map.of("autovacuum", "off", "cluster_name", "left", "wal_log_hints", "on"));
    left.start();
    execute(left.admin(), "create table payments (key uuid primary key, "
        + "id int generated always as identity, note text)");
    var right = clusters.standby(left, "right");
    right.set(Map.of("cluster_name", "right"));
    right.start();
    reload(left, "synchronous_standby_names", "right");
    await("it is sync", () -> number(left, "select count(*) from pg_stat_replication "
        + "where sync_state = 'sync' and state = 'streaming'") == 1);

    var anywhere = "jdbc:postgresql://" + place(left) + "," + place(right)
        + "/postgres?targetServerType=primary&hostRecheckSeconds=1&connectTimeout=2&socketTimeout=5";
    var acknowledged = ConcurrentHashMap.<UUID>newKeySet();
    var failures = new ConcurrentSkipListMap<String, Integer>();
    long before;
    var stop = new AtomicBoolean();
    try (var pool = pool(left, anywhere, 4); var clients = Executors.newVirtualThreadPerTaskExecutor();
            AutoCloseable atTheEnd = () -> stop.set(true)) {
        for (int client = 0; client < 4; client++) {
            clients.submit(() -> {
                while (!stop.get()) {
                    acknowledged.add(pay(pool, failures, stop)); // again and again, with the same key
                }
                return null;
            });
        }
        await("they pay", () -> acknowledged.size() >= 100);
        left.kill();                                             // the power is gone
        execute(right.admin(), "select pg_promote()");           // somebody, or Patroni, decides
        before = acknowledged.size();
        await("they pay again", () -> acknowledged.size() >= before + 100);
    }
    var stored = valueAs(right.admin(), String.class,
        "select string_agg(key::text, ' ') from payments");
    var lostPayments = acknowledged.stream().filter(key -> !stored.contains(key.toString())).count();
    show("failed tries, by SQLSTATE: " + failures);
    show(acknowledged.size() + " payments were acknowledged, and " + lostPayments + " of them are lost");
    show(queryAs(right.admin(), "select pg_is_in_recovery(), "
        + "left(pg_walfile_name(pg_current_wal_lsn()), 8) as timeline"));
    // end::failover[]
    expect("nothing that was acknowledged is lost", 0L, lostPayments);
    expect("the clients have noticed", failures.size(), n -> n >= 1);

    step("two-primaries");                                       // tag::two-primaries[]
    Files.deleteIfExists(left.data().resolve("standby.signal")); // of an earlier run of this cell
    show(left.start());                                          // the power is back
    reload(left, "synchronous_standby_names", "");               // "why does it hang?"
    for (var each : List.of(left, right)) {
        execute(each.admin(), "delete from payments where note like 'paid on%'");
        execute(each.admin(), "insert into payments (key, note) "
            + "values (gen_random_uuid(), 'paid on the ' || current_setting('cluster_name'))");
    }
    try (var connection = connect(left, anywhere.replace("RecheckSeconds=1", "RecheckSeconds=0"))) {
        show("the clients' URL leads to the " + text(connection, "show cluster_name"));
    }
    var since = "select note, pg_is_in_recovery() from payments where note like 'paid on%'";
    show(queryAs(left.admin(), since));                          // to be saved by hand, now
    show(queryAs(right.admin(), since));
    var onTheOther = number(left, "select count(*) from payments where note = 'paid on the right'");

    left.stop();                                                 // fenced: it takes no more payments
    Files.createFile(left.data().resolve("standby.signal"));     // "just let it follow the right one"
    left.set(Map.of("primary_conninfo", valueAs(right.admin(), String.class, "show primary_conninfo")
        .replaceFirst("port=\\d+", "port=" + place(right).split(":")[1])));
    show(left.start());
    await("it tries", () -> !left.log("forked off").isEmpty());
    showLog("the left one", left.log("forked off").stream().limit(1).toList());
    left.stop();

    var leftAgain = clusters.standby(right, "left_again");       // made anew
    leftAgain.start();
    await("it follows", () -> number(right, "select count(*) from pg_stat_replication") == 1);
    show(queryAs(leftAgain.admin(), since));
    leftAgain.kill();
    dropSlots(right, "left_again");
    // end::two-primaries[]
    expect("each has taken a payment that the other does not know", List.of(0L, 0L), List.of(
        onTheOther, number(right, "select count(*) from payments where note = 'paid on the left'")));

    var rewound = shell("rewind", """
        # tag::rewind[]
        as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
               else "$@"; fi; }                               # PostgreSQL does not run as root
        cd "$(as mktemp -d /tmp/two-XXXXXX)"
        export PGHOST=$PWD PGUSER=postgres PGDATABASE=postgres PGPASSWORD=unused
        leave() { for each in left right; do as pg_ctl stop -s -m immediate -D $each; done
                  rm -rf "$PWD"; }
        trap 'leave > /dev/null 2>&1 || true' EXIT
        start() { options="-p $2 -k '$PWD' -c listen_addresses= -c fsync=off"
                  as pg_ctl start -s -t 30 -D "$1" -l "$1.log" -o "$options"; }

        as initdb -D left -U postgres -A trust --no-sync > init.log
        echo "wal_log_hints = on" >> left/postgresql.conf     # or checksums: for pg_rewind
        start left 5401
        psql -qX -p 5401 -c "create table payments (note text)"
        as pg_basebackup -p 5401 --no-sync -D right -c fast -R -C -S right    # a standby in one line
        start right 5402

        as pg_ctl stop -s -m fast -D left                     # it is gone …
        as pg_ctl promote -s -D right
        psql -qX -p 5402 -c "insert into payments values ('paid on the right')"
        start left 5401                                       # … and back, and nobody fenced it
        psql -qX -p 5401 -c "insert into payments values ('paid on the left')"

        as pg_ctl stop -s -m fast -D left
        as pg_rewind -D left -R --no-sync --source-server "host=$PWD port=5402 dbname=postgres"
        start left 5401
        psql -X -p 5401 -c "select note, pg_is_in_recovery() from payments"
        # end::rewind[]
        """);
    rewound.ifPresent(said -> expect("the left one follows, and has lost what only it had", true,
        said.contains("paid on the right | t") && !said.contains("paid on the left")));

    step("one-table");                                           // tag::one-table[]
    var next = clusters.create("next");                          // another version, for example
    next.set(Map.of("wal_retrieve_retry_interval", "100ms", "autovacuum", "off"));
    next.start();
    dropSlots(primary, "products");                              // of an earlier run of this cell
    for (var server : List.of(primary, next)) {                  // no table comes by itself
        execute(server.admin(), "drop table if exists products cascade");
        execute(server.admin(), "create table products "
            + "(id int generated by default as identity primary key, name text)");
    }
    execute(primary.admin(), "drop publication if exists products");
    execute(primary.admin(), "create publication products for table products");
    execute(primary.admin(), "insert into products (name) values ('tea'), ('coffee'), ('milk')");
    var from = primary.admin();
    execute(next.admin(), "create subscription products connection 'host=127.0.0.1 port="
        + place(primary).split(":")[1] + " dbname=postgres user=" + from.user() + " password="
        + from.password() + "' publication products");

    record Came(String what, boolean came) { }
    var came = new ArrayList<Came>();
    came.add(new Came("the rows that were there", comes(next, 3)));
    execute(primary.admin(), "insert into products (name) values ('sugar')");
    came.add(new Came("a new row", comes(next, 4)));
    execute(primary.admin(), "alter table products add price int");
    execute(primary.admin(), "insert into products (name, price) values ('honey', 7)");
    await("it fails", () -> !next.log("missing replicated column").isEmpty());
    showLog("the next server", next.log("missing replicated column").stream().limit(1).toList());
    came.add(new Came("a new column", number(next, "select count(*) from products") == 5));
    execute(next.admin(), "alter table products add price int");
    came.add(new Came("… after the same alter table", comes(next, 5)));

    var end = written(primary);                                  // nobody writes any more
    await("all of it is over there", () -> valueAs(primary.admin(), Boolean.class,
        "select confirmed_flush_lsn >= ?::pg_lsn from pg_replication_slots "
            + "where slot_name = 'products'", end));
    execute(next.admin(), "drop subscription products");
    came.add(new Came("the sequence", outcome(() ->
        execute(next.admin(), "insert into products (name) values ('salt')")).equals("accepted")));
    execute(next.admin(), "select setval('products_id_seq', (select max(id) from products))");
    came.add(new Came("… after setval", outcome(() ->
        execute(next.admin(), "insert into products (name) values ('salt')")).equals("accepted")));
    show(came);
    next.kill();
    // end::one-table[]
    expect("rows come, and nothing else does", List.of(true, true, false, true, false, true), came.stream().map(Came::came).toList());

    step("failover-slots");                                      // tag::failover-slots[]
    if (since(17, "a slot that survives a failover")) {
        for (var name : List.of("old_feed", "feed")) {
            dropSlots(primary, name);                            // of an earlier run of this cell
        }
        var toPrimary = valueAs(standby.admin(), String.class, "show primary_conninfo");
        reload(standby, "primary_conninfo",
            toPrimary.replaceFirst(" dbname=\\S+", "") + " dbname=postgres");
        reload(standby, "hot_standby_feedback", "on");
        execute(primary.admin(), "select pg_create_logical_replication_slot('old_feed', 'pgoutput')");
        execute(primary.admin(), "select pg_create_logical_replication_slot('feed', 'pgoutput', "
            + "failover => true)");
        await("the standby has it as well", () -> {
            execute(primary.admin(), "select pg_log_standby_snapshot()");
            execute(primary.admin(), "select pg_replication_slot_advance('feed', pg_current_wal_lsn())");
            caughtUp(primary, standby);
            execute(standby.admin(), "select pg_sync_replication_slots()");
            return number(standby, "select count(*) from pg_replication_slots "
                + "where synced and not temporary") == 1;
        });
        var logical = "select slot_name, failover, synced from pg_replication_slots "
            + "where slot_type = 'logical' order by slot_name";
        show(queryAs(primary.admin(), logical));
        show(queryAs(standby.admin(), logical));
        expect("one of the two is there", "feed", valueAs(standby.admin(), String.class,
            "select string_agg(slot_name, ', ') from pg_replication_slots where slot_type = 'logical'"));
        dropSlots(primary, "old_feed");
        dropSlots(primary, "feed");
        execute(standby.admin(), "select pg_sync_replication_slots()");
        reload(standby, "hot_standby_feedback", "off");
    }
    // end::failover-slots[]

    step("what-stays");                                          // tag::what-stays[]
    show(migrate());
    // end::what-stays[]
}

/** Some orders, each in a transaction of its own. */
void order(OwnCluster cluster, int orders) throws SQLException {
    try (var connection = cluster.admin().connect();
            var insert = connection.prepareStatement("insert into orders default values")) {
        for (int i = 0; i < orders; i++) {
            insert.executeUpdate();
        }
    }
}

/** The number that a statement gives, in its first row. */
int firstInt(PreparedStatement statement) throws SQLException {
    try (var result = statement.executeQuery()) {
        result.next();
        return result.getInt(1);
    }
}

/** Runs a statement in a transaction that is rolled back. */
void tryAndUndo(OwnCluster cluster, String sql) throws SQLException {
    try (var connection = cluster.admin().connect(); var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute(sql);
        connection.rollback();
    }
}

/** Another setting, from now on. */
void reload(OwnCluster cluster, String setting, String value) throws SQLException {
    execute(cluster.admin(), "alter system set " + setting + " = '" + value + "'");
    execute(cluster.admin(), "select pg_reload_conf()");
}

/** Waits until the standby counts as sync, or as async. */
void awaitSync(OwnCluster primary, String state) throws Exception {
    await("the standby is " + state, () -> number(primary, "select count(*) from pg_stat_replication "
        + "where application_name = 'standby' and state = 'streaming' and sync_state = '" + state + "'") == 1);
}

/** How far the WAL of a primary is written. */
String written(OwnCluster primary) throws SQLException {
    return valueAs(primary.admin(), String.class, "select pg_current_wal_lsn()::text");
}

/** Waits until the standby has replayed all that is written now. */
void caughtUp(OwnCluster primary, OwnCluster standby) throws Exception {
    var end = written(primary);
    await("the standby has caught up", () -> valueAs(standby.admin(), Boolean.class,
        "select pg_last_wal_replay_lsn() >= ?::pg_lsn", end));
}

/** Which server a read may go to. */
interface Rule {
    /** @param written how far the WAL was after the user's last write; empty where there was none */
    boolean mayReadOnStandby(String written) throws Exception;
}

/** How many reads went where, and how many of them did not see what their user had written. */
record Reads(int onPrimary, int onStandby, int stale) { }

/** Asks again and again whether a standby has come so far, and gives up in time. */
boolean hasReplayed(OwnCluster standby, String lsn, Duration limit) throws Exception {
    var end = System.nanoTime() + limit.toNanos();
    try (var connection = standby.admin().connect();
            var ask = connection.prepareStatement("select pg_last_wal_replay_lsn() >= ?::pg_lsn")) {
        ask.setString(1, lsn);
        do {
            try (var answer = ask.executeQuery()) {
                answer.next();
                if (answer.getBoolean(1)) {
                    return true;
                }
            }
        } while (System.nanoTime() < end);
        return false;
    }
}

/** Twenty users, of whom every other one saves an order; then each reads three times. */
Reads visits(OwnCluster primary, OwnCluster standby, Rule rule) {
    try (var first = primary.admin().connect(); var second = standby.admin().connect();
            var insert = first.prepareStatement("insert into orders default values returning id");
            var end = first.prepareStatement("select pg_current_wal_lsn()::text");
            var there = first.prepareStatement("select count(*) from orders where id = ?");
            var here = second.prepareStatement("select count(*) from orders where id = ?")) {
        int onPrimary = 0, onStandby = 0, stale = 0;
        for (int user = 0; user < 20; user++) {
            var written = "";
            var id = 1;
            if (user % 2 == 0) {
                id = firstInt(insert);
                try (var lsn = end.executeQuery()) {
                    lsn.next();
                    written = lsn.getString(1);                  // the token, in the session or a cookie
                }
            }
            for (int read = 0; read < 3; read++) {
                var onStandbyNow = rule.mayReadOnStandby(written);
                var select = onStandbyNow ? here : there;
                select.setInt(1, id);
                stale += 1 - firstInt(select);
                onStandby += onStandbyNow ? 1 : 0;
                onPrimary += onStandbyNow ? 0 : 1;
            }
        }
        return new Reads(onPrimary, onStandby, stale);
    } catch (Exception e) {
        throw new IllegalStateException(e);
    }
}

/** What is said of a lag, in bytes by the primary, in seconds by the standby, and the truth. */
record Look(String when, Long bytes, Double usual_s, Double careful_s, Double heartbeat_s, long orders_missing) { }

/** Asks everybody. */
Look look(String when, OwnCluster primary, OwnCluster standby) throws SQLException {
    var usual = "extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())";
    return new Look(when,
        valueAs(primary.admin(), Long.class, "select (select pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint "
            + "from pg_stat_replication where application_name = 'standby')"),
        seconds(standby, usual),
        seconds(standby, "case when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0 else " + usual + " end"),
        seconds(standby, "(select extract(epoch from clock_timestamp() - max(beat)) from heartbeat)"),
        number(primary, "select count(*) from orders") - number(standby, "select count(*) from orders"));
}

/** Seconds, with one decimal. */
Double seconds(OwnCluster cluster, String expression) throws SQLException {
    return valueAs(cluster.admin(), Double.class, "select round((" + expression + ")::numeric, 1)::float8");
}

/** Whether the standby has told the primary to keep the rows that it reads. */
boolean isToldToKeep(OwnCluster primary) throws SQLException {
    return valueAs(primary.admin(), Boolean.class,
        "select xmin is not null from pg_replication_slots where slot_name = 'standby'");
}

/** Whether some process of a server waits for this. */
boolean waitsFor(OwnCluster cluster, String event) throws SQLException {
    return number(cluster, "select count(*) from pg_stat_activity where wait_event = '" + event + "'") > 0;
}

/** What the primary knows of a slot. */
record Slot(String moment, boolean active, String wal_status, Long kb_kept, long segments) { }

/** Asks after a checkpoint, which removes what nobody keeps. */
Slot slot(OwnCluster primary, String name, String moment) throws SQLException {
    execute(primary.admin(), "checkpoint");
    var of = " from pg_replication_slots where slot_name = '" + name + "'";
    return new Slot(moment, valueAs(primary.admin(), Boolean.class, "select active" + of),
        valueAs(primary.admin(), String.class, "select wal_status" + of),
        valueAs(primary.admin(), Long.class, "select (pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) / 1024)::bigint" + of),
        number(primary, "select count(*) from pg_ls_waldir()"));
}

/** So many megabytes of WAL, at least. */
void fill(OwnCluster cluster, int megabytes) throws SQLException {
    execute(cluster.admin(), "drop table if exists filler");
    execute(cluster.admin(), "create table filler (text text)");
    for (int i = 0; i < megabytes; i++) {
        execute(cluster.admin(), "insert into filler select repeat('x', 1000) from generate_series(1, 1000)");
    }
}

/** Drops a slot if it is there. */
void dropSlots(OwnCluster cluster, String name) throws Exception {
    var slot = " from pg_replication_slots where slot_name = '" + name + "'";
    await("nobody uses " + name, () -> number(cluster, "select count(*)" + slot + " and active") == 0);
    execute(cluster.admin(), "select pg_drop_replication_slot(slot_name)" + slot);
}

/** Whether this backend waits for the standby. */
boolean isWaiting(OwnCluster primary, int pid) throws SQLException {
    return number(primary, "select count(*) from pg_stat_activity where wait_event = 'SyncRep' and pid = " + pid) == 1;
}

/** Whether others see this order. */
boolean isThere(OwnCluster primary, String note) throws SQLException {
    return number(primary, "select count(*) from orders where note = '" + note + "'") == 1;
}

/** Waits until a subscriber has so many products; false where it does not come to that. */
boolean comes(OwnCluster subscriber, int products) throws Exception {
    await(products + " products", () -> number(subscriber, "select count(*) from products") == products);
    return true;
}

/** Host and port. */
String place(OwnCluster cluster) {
    return URI.create(cluster.admin().url().substring("jdbc:".length())).getAuthority();
}

/** As the superuser of our clusters, who has the same password on all. */
Connection connect(OwnCluster cluster, String url) throws SQLException {
    return DriverManager.getConnection(url, cluster.admin().user(), cluster.admin().password());
}

/** A pool, the same way. */
HikariDataSource pool(OwnCluster cluster, String url, int size) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(cluster.admin().user());
    config.setPassword(cluster.admin().password());
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(5000);
    return new HikariDataSource(config);
}

/** The text that a query gives. */
String text(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement(); var result = statement.executeQuery(sql)) {
        result.next();
        return result.getString(1);
    }
}

/** Which of the two it is. */
String server(Connection connection) throws SQLException {
    return text(connection, "select case when pg_is_in_recovery() then 'standby' else 'primary' end");
}

/** Tries to add an order, and says what came of it. */
String insertOne(Connection connection) {
    return outcome(() -> {
        try (var statement = connection.createStatement()) {
            statement.execute("insert into orders default values");
        }
    });
}

/** Chooses too early, as many do: nobody has said yet what the connection is for. */
Connection chosenByFlag(AtomicBoolean reads, DataSource writing, DataSource reading) throws SQLException {
    return (reads.get() ? reading : writing).getConnection();
}

/** Work on a connection. */
interface On<T> {
    T run(Connection connection) throws Exception;
}

/** Chooses the pool when it is known what the work is, and keeps the connection for all that is called within. */
record Routed(DataSource writing, DataSource reading) {
    private static final ScopedValue<Connection> CURRENT = ScopedValue.newInstance();

    <T> T reads(On<T> work) throws Exception {
        return CURRENT.isBound() ? work.run(CURRENT.get()) : in(reading, true, work);
    }

    <T> T writes(On<T> work) throws Exception {
        if (CURRENT.isBound() && CURRENT.get().isReadOnly()) {
            throw new IllegalStateException("a read has become a write");
        }
        return CURRENT.isBound() ? work.run(CURRENT.get()) : in(writing, false, work);
    }

    private static <T> T in(DataSource pool, boolean readOnly, On<T> work) throws Exception {
        try (var connection = pool.getConnection()) {
            connection.setReadOnly(readOnly);
            connection.setAutoCommit(false);
            try {
                var result = ScopedValue.where(CURRENT, connection).call(() -> work.run(connection));
                connection.commit();
                return result;
            } catch (Exception e) {
                connection.rollback();
                throw e;
            }
        }
    }
}

/** How many queries so many readers get answered in that time. */
int queriesIn(Duration time, DataSource pool, int readers) throws Exception {
    var answered = new AtomicInteger();
    var end = System.nanoTime() + time.toNanos();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < readers; i++) {
            threads.submit(() -> {
                while (System.nanoTime() < end) {
                    try (var connection = pool.getConnection()) {
                        text(connection, "select sum(n) from generate_series(1, 10000) n");
                        answered.incrementAndGet();
                    }
                }
                return null;
            });
        }
    }
    return answered.get();
}

/** Pays once, however often it has to try, until it is told to stop. */
UUID pay(DataSource pool, Map<String, Integer> failures, AtomicBoolean stop) throws Exception {
    var key = UUID.randomUUID();                                 // of this payment, in all tries
    while (true) {
        try (var connection = pool.getConnection();
                var insert = connection.prepareStatement("insert into payments (key, note) values (?, 'paid') "
                    + "on conflict (key) do nothing")) {
            insert.setObject(1, key);
            insert.executeUpdate();
            return key;
        } catch (SQLException e) {
            failures.merge(sqlState(e), 1, Integer::sum);
            if (stop.get()) {
                throw e;
            }
            Thread.sleep(20);
        }
    }
}

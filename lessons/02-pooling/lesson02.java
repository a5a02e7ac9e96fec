///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.base;
import module java.sql;
import com.zaxxer.hikari.*;
import org.postgresql.PGConnection;
import static script.Script.*;

void main(String... args) throws Exception {
    begin("02-pooling", args);

    step("price-of-a-connection");                      // tag::price-of-a-connection[]
    IntFunction<HikariConfig> sized = size -> {
        var config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setUsername(user());
        config.setPassword(password());
        config.setMaximumPoolSize(size);
        config.setPoolName("pool-of-" + size);
        config.addDataSourceProperty("ApplicationName", "pool-of-" + size);
        return config;
    };
    var pool = closing(new HikariDataSource(sized.apply(4)));

    Work connect = () -> {
        try (var c = DriverManager.getConnection(url(), user(), password());
             var s = c.createStatement()) {
            s.execute("select 1");
        }
    };
    Work borrow = () -> {
        try (var c = pool.getConnection(); var s = c.createStatement()) {
            s.execute("select 1");
        }
    };
    var fresh = median(30, connect);
    var pooled = median(30, borrow);
    show(compare("a new connection", fresh, "a pooled one", pooled));
    expect("a pooled connection is at least five times cheaper", fresh / pooled, r -> r >= 5);

    if (since(16, "scram_iterations")) {
        var again = "; alter role current_user password '" + password() + "'";
        var byRounds = new LinkedHashMap<String, Double>();
        try {
            for (var rounds : List.of(1, 4096, 16384)) {
                execute(app(), "set scram_iterations = " + rounds + again);
                byRounds.put(rounds + (rounds == 1 ? " round" : " rounds"), median(10, connect));
            }
        } finally {
            execute(app(), "set scram_iterations = 1" + again);
        }
        show(compare("A new connection, by rounds of hashing", "ms", byRounds,
            "PostgreSQL asks for 4096 rounds; this course's roles get by with one"));
    }
    // end::price-of-a-connection[]

    await("the pool is filled", () -> pool.getHikariPoolMXBean().getTotalConnections() == 4);
    sql("a-process-each", """
        -- tag::a-process-each[]
        select pid, application_name, state, backend_start::time(0) as since
        from pg_stat_activity
        where usename = current_user and datname = current_database()
        order by backend_start;

        select name, setting, short_desc
        from pg_settings
        where name in ('max_connections', 'superuser_reserved_connections',
                       'reserved_connections');
        -- end::a-process-each[]
        """);
    expect("a pool of four is four processes", 4L, value(Long.class, """
        select count(distinct pid) from pg_stat_activity
        where application_name = 'pool-of-4' and datname = current_database()"""));

    step("pool-size");                                  // tag::pool-size[]
    execute(owner(), """
        drop table if exists hot;
        create table hot (id int primary key, hits bigint not null default 0);
        insert into hot select generate_series(1, 4);""");
    var workloads = new LinkedHashMap<String, String>();
    workloads.put("computing", "select sum(i) from generate_series(1, 20000) i");
    workloads.put("four hot rows", """
        begin;
        update hot set hits = hits + 1 where id = (select 1 + floor(random() * 4)::int);
        select pg_sleep(0.002);
        commit""");
    workloads.put("waiting", "select pg_sleep(0.02)");

    var sizes = List.of(1, 2, 4, 8, 20, 64);
    var perSecond = new LinkedHashMap<String, List<Double>>();
    for (var size : sizes) {
        try (var tried = new HikariDataSource(sized.apply(size));
             var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            await(size + " connections are open",
                () -> tried.getHikariPoolMXBean().getTotalConnections() == size);
            for (var workload : workloads.entrySet()) {
                var start = System.nanoTime();
                Callable<Integer> user = () -> {
                    for (int done = 1; ; done++) {
                        try (var c = tried.getConnection(); var s = c.createStatement()) {
                            s.execute(workload.getValue());
                            if (System.nanoTime() - start > 300_000_000L) {
                                return done;
                            }
                        }
                    }
                };
                int sum = 0;
                for (var done : threads.invokeAll(Collections.nCopies(64, user))) {
                    sum += done.get();
                }
                perSecond.computeIfAbsent(workload.getKey(), name -> new ArrayList<>())
                    .add(sum * 1e9 / (System.nanoTime() - start));
            }
        }
    }
    show(chart("64 users, one pool", "statements per second", sizes, perSecond)
        .over("connections in the pool"));
    ToDoubleFunction<String> growth = workload ->
        perSecond.get(workload).getLast() / perSecond.get(workload).getFirst();
    expect("waiting grows with the pool, five times or more",
        growth.applyAsDouble("waiting"), g -> g > 5);
    for (var limited : List.of("computing", "four hot rows")) {
        expect(limited + ": less is won by the pool than with waiting",
            growth.applyAsDouble(limited), g -> g < growth.applyAsDouble("waiting"));
    }
    // end::pool-size[]

    step("budget");                                     // tag::budget[]
    var shop = newDatabase("budget");
    execute(shop.owner(), "alter database " + shop.name() + " connection limit 10");
    var instances = new ArrayList<HikariDataSource>();
    for (var name : List.of("instance-1", "instance-2", "instance-3")) {
        var config = sized.apply(4);
        config.setJdbcUrl(shop.app().url());
        config.setPoolName(name);
        config.setConnectionTimeout(1000);
        instances.add(closing(new HikariDataSource(config)));
    }
    await("all ten connections are taken", () -> 10 == instances.stream()
        .mapToInt(i -> i.getHikariPoolMXBean().getTotalConnections()).sum());

    record Share(String instance, int wanted, int got, String refused_with) { }
    var shares = new ArrayList<Share>();
    var reasons = new ArrayList<Throwable>();
    var borrowed = new ArrayList<Connection>();
    for (var instance : instances) {
        var refused = "";
        int got = 0;
        try {
            for (; got < 4; got++) {
                borrowed.add(instance.getConnection());
            }
        } catch (SQLException e) {
            refused = e.getSQLState();
            reasons.add(e.getCause());
        }
        shares.add(new Share(instance.getPoolName(), 4, got, refused));
    }
    show(shares);
    show(reasons.getFirst());
    expect("twelve were wanted; this many were there", 10, borrowed.size());
    for (var connection : borrowed) {
        connection.close();
    }
    // end::budget[]
    expect("somebody was refused for want of a slot",
        shares.stream().anyMatch(share -> share.refused_with().equals("53300")));
    instances.forEach(HikariDataSource::close);

    step("pool-timeouts");                              // tag::pool-timeouts[]
    var narrow = sized.apply(2);
    narrow.setConnectionTimeout(500);
    try (var two = new HikariDataSource(narrow);
         var first = two.getConnection();
         var second = two.getConnection()) {
        var late = fails(() -> two.getConnection().close());
        show(late);
        expect("the message holds the diagnosis", late.getMessage(),
            m -> m.contains("total=2, active=2, idle=0"));
    }

    var plain = sized.apply(4);
    plain.setPoolName("idle-30s");
    plain.setIdleTimeout(30_000);
    try (var idle = new HikariDataSource(plain)) {
        showLog("HikariCP", "idleTimeout has been set");
        show("maximumPoolSize %d, minimumIdle %d".formatted(
            idle.getMaximumPoolSize(), idle.getMinimumIdle()));
    }
    expect("the pool says that it ignores the setting",
        logLines("idleTimeout has been set but has no effect").size(), n -> n > 0);
    // end::pool-timeouts[]

    step("leak");                                       // tag::leak[]
    var watched = sized.apply(2);
    watched.setPoolName("watched");
    watched.setLeakDetectionThreshold(2000);
    try (var leaky = new HikariDataSource(watched)) {
        var forgotten = leaky.getConnection();          // and nobody closes it
        await("the pool notices", () -> !logLines("leak detection triggered").isEmpty());
        showLog("HikariCP", "leak detection triggered");
        var now = leaky.getHikariPoolMXBean();
        expect("still borrowed: a warning takes nothing back", 1, now.getActiveConnections());
        forgotten.close();
        expect("closed, it is back", 0, now.getActiveConnections());
    }
    // end::leak[]

    step("killed-backend");                             // tag::killed-backend[]
    var single = closing(new HikariDataSource(sized.apply(1)));
    Callable<Integer> backend = () -> {
        try (var c = single.getConnection(); var s = c.createStatement()) {
            s.execute("select 1");
            return c.unwrap(PGConnection.class).getBackendPID();
        }
    };
    var other = closing(DriverManager.getConnection(url(), user(), password()));
    var kill = other.prepareStatement("select pg_terminate_backend(?, 5000)");

    var atOnce = killedRightAfterUse(backend, kill);    // and borrowed within half a second
    show(atOnce);
    showLog("HikariCP", "marked as broken");
    expect("used a moment ago, so not tested: the application gets the error",
        atOnce.getSQLState(), s -> s.equals("57P01") || s.startsWith("08"));

    var before = backend.call();
    kill.setInt(1, before);
    kill.execute();
    Thread.sleep(600);
    var after = backend.call();
    showLog("HikariCP", "Failed to validate connection");
    expect("unused for half a second, so tested: another backend, no error",
        after, pid -> !pid.equals(before));
    // end::killed-backend[]

    step("what-is-reset");                              // tag::what-is-reset[]
    try (var c = single.getConnection(); var s = c.createStatement()) {
        s.execute("set app.tenant = 'alice'");
        s.execute("set statement_timeout = '7s'");
        s.execute("create temp table if not exists basket (item text)");
        s.execute("select pg_advisory_lock(42)");
        c.setAutoCommit(false);
        c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        s.execute("update hot set hits = -1 where id = 1");
    }                                                   // no commit, nothing cleaned up
    try (var c = single.getConnection(); var s = c.createStatement()) {
        show(s.executeQuery("""
            select 'update without commit' as what,
                (select hits = -1 from hot where id = 1)::text as the_next_borrower_finds
            union all select 'isolation', current_setting('transaction_isolation')
            union all select 'app.tenant', current_setting('app.tenant')
            union all select 'statement_timeout', current_setting('statement_timeout')
            union all select 'temp table', to_regclass('pg_temp.basket')::text
            union all select 'advisory locks', count(*)::text from pg_locks
                where locktype = 'advisory' and pid = pg_backend_pid()"""));
        expect("autocommit is on again", true, c.getAutoCommit());
    }
    // end::what-is-reset[]
    try (var c = single.getConnection(); var s = c.createStatement();
         var left = s.executeQuery("""
             select current_setting('app.tenant') = 'alice'
                and current_setting('statement_timeout') = '7s'
                and to_regclass('pg_temp.basket') is not null
                and exists (select from pg_locks
                            where locktype = 'advisory' and pid = pg_backend_pid())
                and (select hits <> -1 from hot where id = 1)
                and current_setting('transaction_isolation') = 'read committed'""")) {
        left.next();
        expect("the pool resets the transaction and leaves the session", left.getBoolean(1));
    }

    step("tenant");                                     // tag::tenant[]
    single.getHikariPoolMXBean().softEvictConnections();    // a session without a past
    try (var c = single.getConnection(); var s = c.prepareStatement("set app.tenant = ?")) {
        s.setString(1, "alice");
        var syntax = (SQLException) fails(s::execute);
        show(syntax);
        expect("SET takes no parameter", "42601", syntax.getSQLState());
    }
    record Request(String name, String tenant_while_working) { }
    var requests = new ArrayList<Request>();
    var tenant = "select coalesce(current_setting('app.tenant', true), '')";
    try (var c = single.getConnection();
         var set = c.prepareStatement("select set_config('app.tenant', ?, true)");
         var ask = c.createStatement()) {
        c.setAutoCommit(false);
        set.setString(1, "alice");
        set.execute();
        var seen = ask.executeQuery(tenant);
        seen.next();
        requests.add(new Request("alice's, in one transaction", seen.getString(1)));
        c.commit();
    }
    try (var c = single.getConnection(); var ask = c.createStatement()) {
        var seen = ask.executeQuery(tenant);
        seen.next();
        requests.add(new Request("nobody's, on the same connection", seen.getString(1)));
    }
    show(requests);
    expect("the setting ended with the transaction",
        requests.getLast().tenant_while_working().isEmpty());
    // end::tenant[]
    expect("and was there before", "alice", requests.getFirst().tenant_while_working());

    step("timeouts");                                   // tag::timeouts[]
    interface Story { void tell(Statement s) throws Exception; }
    record Ending(String limit, String sqlstate, String message, boolean session_lives) { }
    var stories = new LinkedHashMap<String, Story>();
    stories.put("statement_timeout", s -> s.execute("select pg_sleep(20)"));
    stories.put("lock_timeout", s -> s.execute("update hot set hits = 0 where id = 1"));
    stories.put("idle_in_transaction_session_timeout", s -> {
        s.execute("select 1");                          // the transaction has begun
        Thread.sleep(1500);                             // and the program calls somebody else
        s.execute("select 2");
    });
    if (since(17, "transaction_timeout")) {
        stories.put("transaction_timeout", s -> {
            while (true) {
                s.execute("select pg_sleep(0.1)");
            }
        });
    }
    var endings = new ArrayList<Ending>();
    try (var holder = DriverManager.getConnection(url(), user(), password())) {
        holder.setAutoCommit(false);
        holder.createStatement().execute("select * from hot where id = 1 for update");
        for (var story : stories.entrySet()) {
            try (var c = DriverManager.getConnection(url(), user(), password());
                 var s = c.createStatement()) {
                s.execute("set " + story.getKey() + " = '500ms'");
                c.setAutoCommit(false);
                var end = (SQLException) fails(() -> story.getValue().tell(s));
                endings.add(new Ending(story.getKey(), end.getSQLState(),
                    end.getMessage(), c.isValid(5)));
            }
        }
    }
    show(endings);
    // end::timeouts[]
    var states = Map.of("statement_timeout", "57014", "lock_timeout", "55P03",
        "idle_in_transaction_session_timeout", "25P03", "transaction_timeout", "25P04");
    var cancelled = Set.of("statement_timeout", "lock_timeout");
    for (var end : endings) {
        expect(end.limit() + " has a SQLSTATE of its own", end.sqlstate(),
            state -> state.equals(states.get(end.limit())) || state.startsWith("08"));
        var spares = cancelled.contains(end.limit());
        expect(end.limit() + (spares ? " spares" : " ends") + " the session",
            spares, end.session_lives());
    }

    sql("three-short-statements", """
        -- tag::three-short-statements[]
        set statement_timeout = '2s';
        begin;
        select 1 as slept from pg_sleep(0.7);
        select 2 as slept from pg_sleep(0.7);
        select 3 as slept from pg_sleep(0.7);
        commit;
        -- end::three-short-statements[]
        """);

    step("timeouts-per-role");                          // tag::timeouts-per-role[]
    record Seen(String connection, String lock_timeout, String idle_in_transaction) { }
    interface Look { Seen at(String which) throws SQLException; }
    Look look = which -> {
        try (var c = single.getConnection(); var s = c.createStatement();
             var r = s.executeQuery("""
                 select current_setting('lock_timeout'),
                        current_setting('idle_in_transaction_session_timeout')""")) {
            r.next();
            return new Seen(which, r.getString(1), r.getString(2));
        }
    };
    var role = "alter role current_user in database " + database().name();
    execute(app(), role + " reset all");                // of an earlier run of this cell
    single.getHikariPoolMXBean().softEvictConnections();
    backend.call();                                     // opens the pool's one connection
    execute(app(), role + " set lock_timeout = '2s'");
    execute(app(), role + " set idle_in_transaction_session_timeout = '30s'");
    var old = look.at("opened before");
    single.getHikariPoolMXBean().softEvictConnections();
    var renewed = look.at("opened after");
    show(List.of(old, renewed));
    expect("a connection keeps what it was born with", "0", old.lock_timeout());
    expect("a new one has the limits of its role", "2s", renewed.lock_timeout());
    // end::timeouts-per-role[]

    step("virtual-threads");                            // tag::virtual-threads[]
    var most = new AtomicInteger();
    var waiting = new AtomicInteger();
    var counters = pool.getHikariPoolMXBean();
    Callable<Integer> request = () -> {
        waiting.accumulateAndGet(counters.getThreadsAwaitingConnection(), Math::max);
        try (var c = pool.getConnection(); var s = c.createStatement()) {
            most.accumulateAndGet(counters.getActiveConnections(), Math::max);
            s.execute("select 1");
            return 1;
        }
    };
    int answered = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var answer : threads.invokeAll(Collections.nCopies(10_000, request))) {
            answered += answer.get();
        }
    }
    var crowd = new LinkedHashMap<String, Integer>();
    crowd.put("virtual threads", 10_000);
    crowd.put("waiting at once, at most", waiting.get());
    crowd.put("connections busy at once, at most", most.get());
    show(compare("Ten thousand threads, a pool of four", "", crowd, "the pool is the limit"));
    expect("everybody was answered", 10_000, answered);
    expect("never more than four at once", most.get(), busy -> busy <= 4);

    var impatient = sized.apply(4);
    impatient.setConnectionTimeout(250);
    int served = 0;
    int turnedAway = 0;
    try (var hasty = new HikariDataSource(impatient);
         var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<Boolean> slow = () -> {
            try (var c = hasty.getConnection(); var s = c.createStatement()) {
                return s.execute("select pg_sleep(0.05)");
            } catch (SQLTransientConnectionException e) {
                return false;
            }
        };
        for (var answer : threads.invokeAll(Collections.nCopies(1000, slow))) {
            if (answer.get()) {
                served++;
            } else {
                turnedAway++;
            }
        }
    }
    show("1000 slow requests, patience 250 ms: %d served, %d turned away"
        .formatted(served, turnedAway));
    expect("more were turned away than served", turnedAway > served);
    // end::virtual-threads[]

    step("pgbouncer");                                  // tag::pgbouncer[]
    var bouncer = pgBouncer(Map.of("default_pool_size", "1", "max_prepared_statements", "0"));
    if (bouncer.isPresent()) {
        var door = bouncer.get();
        var clients = new ArrayList<Connection>();
        var backends = new HashSet<Integer>();
        for (int i = 0; i < 20; i++) {
            clients.add(door.connect());
            try (var s = clients.getLast().createStatement();
                 var r = s.executeQuery("select pg_backend_pid()")) {
                r.next();
                backends.add(r.getInt(1));
            }
        }
        show("%d clients, backends: %d".formatted(clients.size(), backends.size()));
        expect("all of them share one backend", 1, backends.size());
        try (var alice = clients.get(0).createStatement();
             var bob = clients.get(1).createStatement()) {
            alice.execute("select set_config('app.tenant', 'alice', false)");
            alice.execute("select pg_advisory_lock(42)");
            var seen = bob.executeQuery("""
                select current_setting('app.tenant', true), pg_try_advisory_lock(42)""");
            seen.next();
            expect("Bob, who never named a tenant, has one", "alice", seen.getString(1));
            expect("Bob gets the lock that Alice holds", true, seen.getBoolean(2));
        }
        for (var client : clients) {
            client.close();
        }

        var named = door.url() + "?prepareThreshold=1";  // a name on the server at once
        try (var first = DriverManager.getConnection(named, door.user(), door.password());
             var second = DriverManager.getConnection(named, door.user(), door.password())) {
            first.prepareStatement("select 1 as one").execute();
            var clash = (SQLException) fails(() ->
                second.prepareStatement("select 2 as two").execute());
            show(clash);
            expect("both call it S_1", "42P05", clash.getSQLState());
        }
    }
    // end::pgbouncer[]
}

/** What the next one meets who borrows; once more where this machine took so long that HikariCP has tested the connection. */
SQLException killedRightAfterUse(Callable<Integer> backend, PreparedStatement kill) throws Exception {
    for (int tries = 0; tries < 20; tries++) {
        kill.setInt(1, backend.call());
        kill.execute();
        try {
            backend.call();
        } catch (SQLException e) {
            return e;
        }
    }
    throw new IllegalStateException("never within half a second, in 20 tries: this machine is too busy");
}

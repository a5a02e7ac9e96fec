///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.base;
import module java.sql;
import java.sql.Connection;
import java.sql.Timestamp;
import java.time.Duration;
import com.github.benmanes.caffeine.cache.*;
import com.zaxxer.hikari.*;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;
import tools.jackson.databind.json.JsonMapper;
import static script.Script.*;

/** Caching: whether, where, and how to forget in time. */
void main(String... args) throws Exception {
    begin("09-caching", args);

    step("is-it-needed");                                        // tag::is-it-needed[]
    var post = value(UUID.class, "select id from app.posts limit 1");
    var byKey = plan("select * from app.posts where id = ?", post);
    var top = plan("""
        select author_id, count(*) as posts from app.posts
        group by author_id order by posts desc limit 10""");
    show(byKey.titled("a post by its key"));
    show(top.titled("the ten authors"));

    var redis = redis();                                         // a real one, of this run
    var cache = closing(RedisClient.create(redis.uri()));
    cache.set("title", "the title of a post");
    try (var connection = app().connect(); var select = connection.prepareStatement(
            "select title from app.posts where id = ?")) {
        select.setObject(1, post);
        show(compare("from PostgreSQL", median(300, () -> select.executeQuery().next()),
            "from Redis", median(300, () -> cache.get("title"))));
    }
    // end::is-it-needed[]
    var few = buffers(byKey);
    var many = buffers(top);
    expect("a row by its primary key needs a handful of pages", few, pages -> pages <= 6);
    expect("the ten busiest authors need hundreds of times as many", many / few, ratio -> ratio > 200);

    step("in-the-process");                                      // tag::in-the-process[]
    execute(owner(), """
        create schema if not exists lab;                         -- the workbench of this lesson
        grant usage on schema lab to course_app;
        drop table if exists lab.users cascade;
        create table lab.users (like app.users including all);   -- a few to play with
        insert into lab.users select * from app.users
        where deleted_at is null order by created_at limit 1000""");

    var asked = new AtomicInteger();
    var clock = new AtomicLong();                                // instead of waiting for a minute
    Supplier<LoadingCache<String, Long>> newProcess = () -> Caffeine.newBuilder()
        .maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(1)).ticker(clock::get)
        .build(role -> {
            asked.incrementAndGet();
            return value(Long.class, "select count(*) from lab.users where role = ?", role);
        });
    var one = newProcess.get();
    var other = newProcess.get();
    for (int i = 0; i < 1000; i++) {
        one.get("admin");
    }
    expect("a thousand readers, one query", 1, asked.get());

    record Seen(String when, long database, long one, long other) { }
    Function<String, Seen> look = when -> new Seen(when,
        number("select count(*) from lab.users where role = 'admin'"),
        one.get("admin"), other.get("admin"));
    var seen = new ArrayList<Seen>();
    seen.add(look.apply("at first"));
    execute(app(), "update lab.users set role = 'admin' where email = 'user77@example.com'");
    one.invalidate("admin");                                     // who wrote it, knows
    seen.add(look.apply("one of them wrote"));
    clock.addAndGet(Duration.ofSeconds(61).toNanos());
    seen.add(look.apply("a minute later"));
    show(seen);
    // end::in-the-process[]
    expect("the process that did not write is wrong until its time is up", List.of(0L, 1L, 0L),
        seen.stream().map(s -> s.database() - s.other()).toList());

    step("the-recipe");                                          // tag::the-recipe[]
    var json = new JsonMapper();
    var pool = closing(new HikariDataSource(pooled(8)));
    Function<UUID, Object> recipe = id -> {                      // as in a hundred tutorials
        var hit = cache.get("user:" + id);
        if (hit != null) {
            return hit;
        }
        var row = row(pool, "select * from lab.users where id = ?", id);
        cache.setex("user:" + id, 3600, json.writeValueAsString(row));
        return row;
    };
    var ann = value(UUID.class, "select id from lab.users order by created_at limit 1");
    var bob = UUID.fromString("0197b000-0000-7000-8000-00000000000b");
    cache.del("user:" + ann, "user:" + bob);                     // of an earlier run of this cell
    execute(app(), "delete from lab.users where id = '" + bob + "'");
    var first = recipe.apply(ann);
    var second = recipe.apply(ann);
    show(second);                                                // and that is what is in Redis
    record Reader(String reader, String gets, String created_at) { }
    show(List.of(
        new Reader("first", first.getClass().getSimpleName(),
            ((Map<?, ?>) first).get("created_at").getClass().getSimpleName()),
        new Reader("second", second.getClass().getSimpleName(), "somewhere in the text")));

    recipe.apply(bob);                                           // who is not there yet
    execute(app(), "insert into lab.users (id, email, password_hash) "
        + "values ('" + bob + "', 'bob@example.com', 'secret')");
    show("Bob is in the database. The recipe says: " + recipe.apply(bob)
        + ", and will for " + cache.ttl("user:" + bob) + " s");
    // end::the-recipe[]
    expect("the hash of the password is in Redis", true, second.toString().contains("password_hash"));
    expect("a miss and a hit are of two types", true, first instanceof Map && second instanceof String);
    expect("somebody who was looked for too early stays invisible", "{}", recipe.apply(bob));

    step("a-type-of-its-own");                                   // tag::a-type-of-its-own[]
    record Card(UUID id, String email, String role, Instant createdAt) { }
    Function<UUID, Optional<Card>> load = id -> {
        var row = row(pool, "select id, email, role, created_at from lab.users where id = ?", id);
        return row.isEmpty() ? Optional.empty() : Optional.of(new Card(id, (String) row.get("email"),
            (String) row.get("role"), ((Timestamp) row.get("created_at")).toInstant()));
    };
    Function<UUID, Optional<Card>> card = id -> {
        var key = "card:1:" + id;                                // what, in which shape, whose
        var hit = cache.get(key);
        if (hit != null) {
            return hit.equals("none") ? Optional.empty() : Optional.of(json.readValue(hit, Card.class));
        }
        var found = load.apply(id);
        cache.set(key, found.map(json::writeValueAsString).orElse("none"),
            SetParams.setParams().ex(found.isPresent() ? 300 : 5));
        return found;
    };
    expect("a miss and a hit are the same", card.apply(ann), card.apply(ann));
    show(cache.get("card:1:" + ann));

    var carl = UUID.fromString("0197b000-0000-7000-8000-00000000000c");
    card.apply(carl);                                            // not there yet either
    show("nobody, for " + cache.ttl("card:1:" + carl) + " s at most");

    record CardOfNextYear(UUID id, String displayName, String role, Instant createdAt) { }
    show("the same key, read by the next release: "
        + json.readValue(cache.get("card:1:" + ann), CardOfNextYear.class));
    expect("the next release has keys of its own", true, cache.get("card:2:" + ann) == null);
    // end::a-type-of-its-own[]
    expect("no hash in what is cached now", false, cache.get("card:1:" + ann).contains("hash"));
    expect("what is not there is remembered for seconds", cache.ttl("card:1:" + carl), s -> s <= 5);
    expect("the next release reads nothing where a name should be", null,
        json.readValue(cache.get("card:1:" + ann), CardOfNextYear.class).displayName());

    step("stampede");                                            // tag::stampede[]
    var queries = new AtomicInteger();
    var key = "card:1:" + ann;
    Supplier<String> fresh = () -> {
        queries.incrementAndGet();
        return json.writeValueAsString(load.apply(ann).orElseThrow());
    };
    var figures = new LinkedHashMap<String, Integer>();

    cache.del(key);
    var allMissed = new CyclicBarrier(200);
    crowd(200, () -> {
        if (cache.get(key) == null) {
            allMissed.await(10, TimeUnit.SECONDS);               // the worst moment, made certain
            cache.set(key, fresh.get());
        }
    });
    figures.put("200 readers, no care", queries.getAndSet(0));

    Cache<String, String> here = Caffeine.newBuilder().maximumSize(10_000).build();
    crowd(200, () -> here.get(key, k -> fresh.get()));           // the others wait for the first
    figures.put("one flight in the process", queries.getAndSet(0));

    cache.del(key);
    var bothMissed = new CyclicBarrier(2);
    for (var care : List.of("two such processes", "two processes and a lock in Redis")) {
        Cache<String, String> a = Caffeine.newBuilder().maximumSize(10_000).build();
        Cache<String, String> b = Caffeine.newBuilder().maximumSize(10_000).build();
        var places = new AtomicInteger();
        crowd(200, () -> (places.getAndIncrement() % 2 == 0 ? a : b).get(key, k -> {
            if (care.endsWith("lock in Redis")) {
                return lockedLoad(cache, key, fresh);
            }
            var hit = cache.get(key);
            await(bothMissed);
            return hit == null ? fresh.get() : hit;
        }));
        figures.put(care, queries.getAndSet(0));
        cache.del(key);
    }
    show(compare("queries for one cold key", "queries", figures, "one is enough"));

    var random = new Random(9);
    for (int i = 0; i < 1000; i++) {
        cache.set("fixed:" + i, "x", SetParams.setParams().px(300_000));
        cache.set("spread:" + i, "x", SetParams.setParams().px(270_000 + random.nextInt(60_000)));
    }
    var categories = IntStream.range(26, 33).mapToObj(ten -> ten * 10).toList();
    var series = new LinkedHashMap<String, List<Long>>();
    for (var kind : List.of("fixed", "spread")) {
        var ends = IntStream.range(0, 1000)
            .mapToObj(i -> (cache.pttl(kind + ":" + i) + 5_000) / 10_000).toList();
        series.put(kind, LongStream.range(26, 33)
            .mapToObj(ten -> ends.stream().filter(end -> end == ten).count()).toList());
    }
    show(chart("keys that end within the same ten seconds", "keys", categories, series)
        .over("seconds from now"));
    // end::stampede[]
    expect("as many queries as readers, one, one for each process, one",
        List.of(200, 1, 2, 1), List.copyOf(figures.values()));
    expect("without jitter they end together", Collections.max(series.get("fixed")), n -> n > 500);
    expect("with it, in small groups", Collections.max(series.get("spread")), n -> n < 300);

    step("forget-when");                                         // tag::forget-when[]
    record Moment(String moment, String database, String redis) { }
    Function<String, Moment> now = moment -> new Moment(moment, email(pool, ann), cached(cache, key));
    var moments = new ArrayList<Moment>();
    var writer = session("writer");
    card.apply(ann);

    writer.run(rename("a1@example.com", ann));                   // and nobody tells Redis
    moments.add(now.apply("updated, cache not told"));
    cache.del(key);
    card.apply(ann);

    writer.run("begin; " + rename("a2@example.com", ann));
    cache.del(key);                                              // too early
    card.apply(ann);                                             // a reader, meanwhile
    writer.run("commit");
    moments.add(now.apply("deleted before the commit"));

    writer.run("begin; " + rename("a3@example.com", ann));
    cache.set(key, json.writeValueAsString(new Card(ann, "a3@example.com", "user", Instant.EPOCH)));
    writer.run("rollback");                                      // it never happened
    moments.add(now.apply("written before a rollback"));

    writer.run(rename("a4@example.com", ann));
    cache.del(key);                                              // after the commit
    card.apply(ann);
    moments.add(now.apply("deleted after the commit"));
    show(moments);
    // end::forget-when[]
    expect("only who forgets after the commit is right", List.of(false, false, false, true),
        moments.stream().map(m -> m.database().equals(m.redis())).toList());

    step("late-set");                                            // tag::late-set[]
    moments.clear();
    cache.del(key);
    var old = json.writeValueAsString(load.apply(ann).orElseThrow());  // a slow reader: miss, …
    writer.run(rename("a5@example.com", ann));
    cache.del(key);                                              // all done right
    cache.set(key, old, SetParams.setParams().ex(300));          // … set, late
    moments.add(now.apply("a late set"));

    execute(owner(), "alter table lab.users drop column if exists version, "
        + "add column version bigint not null default 1");
    var rename = "update lab.users set email = '%s', version = version + 1 where id = '" + ann + "'";
    LongSupplier version = () -> number("select version from lab.users where id = '" + ann + "'");
    var versioned = "card:2:" + ann;                             // a hash: version and json
    cache.del(versioned);
    var seenVersion = version.getAsLong();                       // the slow reader again
    var seenEmail = email(pool, ann);
    writer.run(rename.formatted("a6@example.com"));
    setIfNewer(cache, versioned, version.getAsLong(), "{\"email\":\"a6@example.com\"}");
    var accepted = setIfNewer(cache, versioned, seenVersion, "{\"email\":\"" + seenEmail + "\"}");
    moments.add(new Moment("a late set that must be newer", email(pool, ann), cached(cache, versioned)));
    show(moments);
    expect("Redis refused what was older", false, accepted);

    var early = session("began first");
    var late = session("began second");
    early.run("begin; select now()");
    late.run("update lab.users set email = 'late@example.com', updated_at = now(), "
        + "version = version + 1 where id = '" + ann + "' returning updated_at, version");
    var stamp = value(OffsetDateTime.class, "select updated_at from lab.users where id = ?", ann);
    early.run("update lab.users set email = 'last@example.com', updated_at = now(), "
        + "version = version + 1 where id = '" + ann + "'; commit");
    show(query("select email, version, updated_at < ? as time_went_back "
        + "from lab.users where id = ?", stamp, ann));
    // end::late-set[]
    expect("the late set left an old value, the compared one did not", List.of(false, true),
        moments.stream().map(m -> m.database().equals(m.redis())).toList());
    expect("a time is no version", true, value(Boolean.class,
        "select updated_at < ? and email = 'last@example.com' from lab.users where id = ?", stamp, ann));

    step("redis-is-down");                                       // tag::redis-is-down[]
    var home = InetAddress.getLoopbackAddress();
    var nobody = closing(new ServerSocket(0, 50, home));         // takes calls, says nothing
    var silent = closing(RedisClient.builder()
        .hostAndPort(home.getHostAddress(), nobody.getLocalPort())
        .clientConfig(DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(100).socketTimeoutMillis(100).build())   // not 2000
        .build());
    show(fails(() -> silent.get(key)));                          // what the recipe's callers get

    var calls = new AtomicInteger();
    var pauseUntil = new AtomicLong(Long.MIN_VALUE);
    BiFunction<RedisClient, String, Optional<String>> ask = (client, k) -> {
        if (System.nanoTime() < pauseUntil.get()) {
            return Optional.empty();                             // it was ill a moment ago
        }
        try {
            calls.incrementAndGet();
            return Optional.ofNullable(client.get(k));
        } catch (JedisException e) {
            pauseUntil.set(System.nanoTime() + Duration.ofSeconds(30).toNanos());
            return Optional.empty();
        }
    };
    var room = new Semaphore(4);                                 // what the database can bear
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    var answers = new ConcurrentLinkedQueue<String>();
    ask.apply(silent, key);
    crowd(200, () -> answers.add(ask.apply(silent, key).orElseGet(() -> {
        if (!takes(room)) {
            return "come back later";
        }
        try {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            return email(pool, ann);
        } finally {
            inside.decrementAndGet();
            room.release();
        }
    })));
    var ill = new LinkedHashMap<String, Integer>();
    ill.put("right answers", Collections.frequency(answers, "last@example.com"));
    ill.put("at once in the database", most.get());
    ill.put("calls to Redis", calls.get());
    show(compare("200 readers while Redis says nothing", "of 200", ill, "slower, and up"));
    pauseUntil.set(Long.MIN_VALUE);                              // half a minute later
    expect("it is asked again when it is well", true, ask.apply(cache, key).isPresent());
    // end::redis-is-down[]
    expect("everybody is answered", 200, Collections.frequency(answers, "last@example.com"));
    expect("four at once at most", most.get(), n -> n <= 4);
    expect("one call found out for all; the other is the one that came back", 2, calls.get());

    step("outbox");                                              // tag::outbox[]
    execute(owner(), """
        drop table if exists lab.outbox;
        create table lab.outbox (
          id  bigint generated always as identity primary key,
          key text not null
        );
        create or replace function lab.users_changed() returns trigger language plpgsql as $$
        begin
          insert into lab.outbox (key) values ('card:1:' || old.id);
          perform pg_notify('outbox', '');                       -- sent by the commit, or never
          return null;
        end $$;
        create or replace trigger users_changed after update or delete on lab.users
          for each row execute function lab.users_changed()""");
    Callable<Integer> courier = () -> {
        try (var connection = app().connect()) {
            connection.setAutoCommit(false);
            var keys = strings(connection, """
                delete from lab.outbox where id in (
                  select id from lab.outbox order by id limit 100 for update skip locked)
                returning key""");
            for (var k : keys) {
                cache.del(k);                                    // if this fails, the rows stay
            }
            connection.commit();
            return keys.size();
        }
    };
    var ears = closing(app().connect());
    try (var listen = ears.createStatement()) {
        listen.execute("listen outbox");
    }
    record News(String after, int notifications, int delivered, String redis) { }
    var news = new ArrayList<News>();
    cache.del(key);
    card.apply(ann);
    writer.run("begin; " + rename("never@example.com", ann) + "; rollback");
    news.add(new News("a rollback", notifications(ears, 200).size(), courier.call(),
        cached(cache, key)));
    writer.run("begin; " + rename("b1@example.com", ann) + "; " + rename("b2@example.com", ann));
    news.add(new News("two updates, not committed", notifications(ears, 200).size(),
        courier.call(), cached(cache, key)));
    writer.run("commit");
    news.add(new News("the commit", notifications(ears, 5000).size(), courier.call(),
        cached(cache, key)));
    show(news);

    card.apply(ann);
    ears.close();                                                // nobody listens
    writer.run(rename("b3@example.com", ann));
    expect("a notification is gone, a row of the outbox waits", 1, courier.call());
    // end::outbox[]
    expect("nothing, nothing, then one call for two rows", List.of("0 0", "0 0", "1 2"),
        news.stream().map(n -> n.notifications() + " " + n.delivered()).toList());
    expect("then the old value is gone", "nothing", news.getLast().redis());

    step("materialized-view");                                   // tag::materialized-view[]
    var live = "select author_id, count(*) as posts from app.posts group by author_id";
    execute(owner(), "drop materialized view if exists lab.posts_per_author; "
        + "create materialized view lab.posts_per_author with (autovacuum_enabled = off) as "
        + live + "; analyze lab.posts_per_author");
    var busiest = "select * from %s order by posts desc limit 10";
    var counted = plan(busiest.formatted("(" + live + ") counted"));
    var stored = plan(busiest.formatted("lab.posts_per_author"));
    var pages = new LinkedHashMap<String, Long>();
    pages.put("counted now", buffers(counted));
    pages.put("materialized", buffers(stored));
    show(compare("pages read for the ten busiest authors", "pages", pages, "counted once, read often"));

    execute(app(), "insert into app.posts (author_id, title) "
        + "select author_id, 'One more' from lab.posts_per_author limit 1");
    var both = """
        select (select count(*) from app.posts) as live, sum(posts) as materialized
        from lab.posts_per_author""";
    show(query(both));
    execute(owner(), "refresh materialized view lab.posts_per_author");
    show(query(both));
    execute(app(), "delete from app.posts where title = 'One more'");

    show(query("""
        select (select count(*) from app.users) as users, count(*) as users_in_the_view,
               (select count(*) from app.users u
                where not exists (select from app.posts where author_id = u.id)) as without_posts
        from lab.posts_per_author"""));
    // end::materialized-view[]
    expect("the stored result is much smaller",
        (double) pages.get("counted now") / pages.get("materialized"), ratio -> ratio > 5);
    expect("who has no post is not in the view", true, value(Boolean.class, """
        select exists (select from app.users u where not exists (
          select from lab.posts_per_author where author_id = u.id))"""));

    step("without-a-unique-index");                              // tag::without-a-unique-index[]
    var concurrently = "refresh materialized view concurrently lab.posts_per_author";
    execute(owner(), "drop index if exists lab.partial, lab.every_author");
    show(fails(() -> execute(owner(), concurrently)));
    execute(owner(), "create unique index partial on lab.posts_per_author (author_id) "
        + "where posts > 0");
    expect("a partial one will not do", "55000",
        sqlState(fails(() -> execute(owner(), concurrently))));
    execute(owner(), "drop index lab.partial; "
        + "create unique index every_author on lab.posts_per_author (author_id)");
    execute(owner(), concurrently);

    execute(owner(), """
        drop materialized view if exists lab.empty;
        create materialized view lab.empty as select id from lab.users with no data;
        create unique index on lab.empty (id)""");
    show(fails(() -> query("select * from lab.empty")));
    show(fails(() -> execute(owner(), "refresh materialized view concurrently lab.empty")));

    var written = new LinkedHashMap<String, Double>();
    for (var refresh : List.of("refresh materialized view lab.posts_per_author", concurrently)) {
        execute(app(), "insert into app.posts (author_id, title) "
            + "select author_id, 'One more' from lab.posts_per_author order by author_id limit 10");
        execute(owner(), "vacuum lab.posts_per_author");
        var before = value(String.class, "select pg_current_wal_insert_lsn()::text");
        execute(owner(), refresh);
        written.put(refresh.contains("concurrently") ? "concurrently" : "plain", value(Double.class,
            "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), ?::text::pg_lsn)::float8 / 1024",
            before));
        execute(app(), "delete from app.posts where title = 'One more'");
    }
    show(compare("WAL of a refresh after ten new posts", "kB", written,
        "plain writes all rows, concurrently the difference"));
    // end::without-a-unique-index[]
    expect("a view that was never filled cannot be read", "55000",
        sqlState(fails(() -> query("select * from lab.empty"))));
    expect("concurrently writes less when little has changed",
        written.get("plain") / written.get("concurrently"), ratio -> ratio > 2);

    step("refresh-and-readers");                                 // tag::refresh-and-readers[]
    var reader = session("reader");
    var refresher = session("refresher", owner());
    var rival = session("another refresher", owner());
    var lookUp = "select count(*) from lab.posts_per_author";
    var locks = """
        select mode from pg_locks
        where relation = 'lab.posts_per_author'::regclass and pid = ? and mode like '%Exclusive%'""";

    refresher.run("begin; refresh materialized view lab.posts_per_author");
    show(queryAs(admin(), locks, refresher.pid()));
    reader.start(lookUp).awaitBlocked();
    refresher.run("commit");
    reader.await();

    refresher.run("begin; " + concurrently);
    show(queryAs(admin(), locks, refresher.pid()));
    reader.run(lookUp);                                          // at once
    rival.run("set lock_timeout = '200ms'");
    show(fails(() -> rival.run(concurrently)));                  // one at a time
    refresher.run("commit");
    show(lanes(refresher, reader, rival));
    // end::refresh-and-readers[]

    step("who-may-see-it");                                      // tag::who-may-see-it[]
    execute(owner(), """
        drop table if exists lab.notes cascade;
        create table lab.notes (tenant text, note text);
        insert into lab.notes values ('red', 'ours'), ('blue', 'secret');
        alter table lab.notes enable row level security;
        create policy own on lab.notes to course_app
          using (tenant = current_setting('app.tenant', true));

        create view lab.notes_seen with (security_invoker) as select * from lab.notes;
        create materialized view lab.notes_stored as select * from lab.notes""");
    var red = session("the red tenant");
    red.run("set app.tenant = 'red'");
    show(red.run("""
        select (select count(*) from lab.notes)        as "table",
               (select count(*) from lab.notes_seen)   as view,
               (select count(*) from lab.notes_stored) as materialized""").getFirst());

    execute(owner(), "revoke all on lab.empty from course_app"); // of an earlier run of this cell
    show(fails(() -> execute(app(), "refresh materialized view lab.empty")));
    if (since(17, "the privilege maintain")) {
        execute(owner(), "grant maintain on lab.empty to course_app");
        execute(app(), "refresh materialized view lab.empty");
    }
    // end::who-may-see-it[]
    expect("row level security ends where the result is stored", 2L,
        value(Long.class, "select count(*) from lab.notes_stored"));
    expect("the app may not refresh what it does not own", "42501",
        sqlState(fails(() -> execute(app(), "refresh materialized view lab.notes_stored"))));

    step("summary-table");                                       // tag::summary-table[]
    execute(owner(), """
        drop table if exists lab.posts, lab.recounted, lab.counted cascade;
        create table lab.posts (id bigint generated always as identity, author int not null);
        create table lab.recounted (author int primary key, posts bigint not null);
        create table lab.counted   (author int primary key, posts bigint not null);
        insert into lab.recounted values (1, 0);

        create or replace function lab.recount() returns trigger language plpgsql as $$
        begin                                                    -- reads what it can see
          update lab.recounted set posts = (select count(*) from lab.posts where author = new.author)
          where author = new.author;
          return null;
        end $$;
        create or replace function lab.count() returns trigger language plpgsql as $$
        begin                                                    -- adds what has changed
          insert into lab.counted as c select author, count(*) from added group by author order by author
          on conflict (author) do update set posts = c.posts + excluded.posts;
          return null;
        end $$;
        create trigger recount after insert on lab.posts for each row execute function lab.recount();
        create trigger count after insert on lab.posts
          referencing new table as added for each statement execute function lab.count()""");
    var left = session("left");
    var right = session("right");
    left.run("begin; insert into lab.posts (author) values (1)");
    right.start("insert into lab.posts (author) values (1)").awaitBlocked();
    left.run("commit");
    right.await();
    show(lanes(left, right));
    show(query("""
        select count(*) as truth, (select posts from lab.recounted) as recounted,
               (select posts from lab.counted) as counted from lab.posts"""));
    // end::summary-table[]
    expect("counting again forgets the other's row, adding does not", "2 1 2", value(String.class, """
        select count(*) || ' ' || (select posts from lab.recounted) || ' ' || (select posts from lab.counted)
        from lab.posts"""));

    step("nobody-waits");                                        // tag::nobody-waits[]
    execute(owner(), """
        drop trigger if exists recount on lab.posts;
        drop trigger if exists count on lab.posts;
        drop table if exists lab.changes cascade;
        truncate lab.posts, lab.counted;
        create table lab.changes (author int not null, posts bigint not null);  -- insert only

        create or replace function lab.note() returns trigger language plpgsql as $$
        begin
          if tg_op = 'INSERT' then
            insert into lab.changes select author, count(*) from added group by author;
          else
            insert into lab.changes select author, -count(*) from removed group by author;
          end if;
          return null;
        end $$;
        create or replace trigger note_insert after insert on lab.posts
          referencing new table as added for each statement execute function lab.note();
        create or replace trigger note_delete after delete on lab.posts
          referencing old table as removed for each statement execute function lab.note();

        create view lab.post_counts as                           -- right at any moment
        select author, sum(posts) as posts
        from (select author, posts from lab.counted
              union all select author, posts from lab.changes) parts
        group by author""");
    var fold = """
        with taken as (delete from lab.changes returning author, posts)
        insert into lab.counted as c
        select author, sum(posts) from taken group by author order by author
        on conflict (author) do update set posts = c.posts + excluded.posts""";

    left.run("begin; insert into lab.posts (author) values (1)");
    right.run("insert into lab.posts (author) values (1)");      // does not wait
    left.run("rollback");

    var worker = new AtomicInteger();
    crowd(8, () -> {
        var me = worker.incrementAndGet();
        try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 30; i++) {
                statement.execute("insert into lab.posts (author) select 1 + n % 3 from generate_series(1, 4) n");
                statement.execute("delete from lab.posts where id in (select id from lab.posts "
                    + "where author = " + (1 + i % 3) + " limit 1 for update skip locked)");
                if (me == 1) {
                    statement.execute(fold);                     // while the others go on
                }
                if (i % 5 == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
            }
        }
    });
    show(query("""
        select author, count(*) as truth, (select posts from lab.post_counts c where c.author = p.author) as summary,
               (select count(*) from lab.changes c where c.author = p.author) as not_folded_yet
        from lab.posts p group by author order by author"""));
    // end::nobody-waits[]
    var wrong = """
        select count(*) from (select author, count(*)::numeric as posts from lab.posts group by author) truth
        full join lab.post_counts summary using (author)
        where coalesce(truth.posts, 0) <> coalesce(summary.posts, 0)""";
    expect("the summary agrees with the truth", 0L, value(Long.class, wrong));
    execute(app(), fold);
    expect("and after folding as well", 0L, value(Long.class, wrong));
    expect("nothing is left to fold", 0L, value(Long.class, "select count(*) from lab.changes"));

    step("what-stays");                                          // tag::what-stays[]
    show(migrate());
    // end::what-stays[]
    execute(owner(), "drop schema lab cascade");
}

/** The settings of a pool of this size on the lesson's database. */
HikariConfig pooled(int size) {
    var config = new HikariConfig();
    config.setJdbcUrl(url());
    config.setUsername(user());
    config.setPassword(password());
    config.setMaximumPoolSize(size);
    return config;
}

/** The row as a map, empty where there is none. */
Map<String, Object> row(DataSource pool, String sql, UUID id) {
    try (var connection = pool.getConnection(); var select = connection.prepareStatement(sql)) {
        select.setObject(1, id);
        var found = new LinkedHashMap<String, Object>();
        try (var result = select.executeQuery()) {
            if (result.next()) {
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    found.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
                }
            }
        }
        return found;
    } catch (SQLException e) {
        throw new IllegalStateException(e);
    }
}

/** The address of a user, as PostgreSQL has it. */
String email(DataSource pool, UUID id) {
    return (String) row(pool, "select email from lab.users where id = ?", id).get("email");
}

/** The statement that gives a user another address. */
String rename(String email, UUID id) {
    return "update lab.users set email = '" + email + "' where id = '" + id + "'";
}

/** The address in the card that Redis has, in a string or in a hash with a version. */
String cached(RedisClient cache, String key) {
    var card = cache.type(key).equals("hash") ? cache.hget(key, "json") : cache.get(key);
    return card == null ? "nothing" : new JsonMapper().readTree(card).get("email").asString();
}

/** The number that a query gives. */
long number(String sql) {
    try {
        return value(Long.class, sql);
    } catch (SQLException e) {
        throw new IllegalStateException(e);
    }
}

/** The first column of all rows that a query gives. */
List<String> strings(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement(); var result = statement.executeQuery(sql)) {
        var found = new ArrayList<String>();
        while (result.next()) {
            found.add(result.getString(1));
        }
        return found;
    }
}

/** Many at once, thirty seconds at most; the first failure is thrown. */
void crowd(int size, Work work) throws Exception {
    var failures = new ConcurrentLinkedQueue<Exception>();
    try (var threads = Executors.newFixedThreadPool(size)) {
        Callable<Void> task = () -> {
            try {
                work.run();
            } catch (Exception e) {
                failures.add(e);
            }
            return null;
        };
        for (var done : threads.invokeAll(Collections.nCopies(size, task), 30, TimeUnit.SECONDS)) {
            done.get();
        }
    }
    if (!failures.isEmpty()) {
        throw failures.peek();
    }
}

/** Waits at a barrier until all are there, ten seconds at most. */
void await(CyclicBarrier barrier) {
    try {
        barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
        throw new IllegalStateException(e);
    }
}

/** Whether there was room within two seconds. */
boolean takes(Semaphore room) {
    try {
        return room.tryAcquire(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
    }
}

/** One loads, for all processes; the others look again every ten milliseconds, for a second at most. */
String lockedLoad(RedisClient cache, String key, Supplier<String> fresh) {
    var token = UUID.randomUUID().toString();
    for (int i = 0; i < 100; i++) {
        var hit = cache.get(key);
        if (hit != null) {
            return hit;
        }
        if (cache.set(key + ":lock", token, SetParams.setParams().nx().px(3000)) == null) {
            LockSupport.parkNanos(10_000_000);
            continue;
        }
        try {
            var meanwhile = cache.get(key);                      // loaded between the look and the lock?
            if (meanwhile != null) {
                return meanwhile;
            }
            var loaded = fresh.get();
            cache.set(key, loaded, SetParams.setParams().ex(300));
            return loaded;
        } finally {                                              // the lock may be another's by now
            cache.eval("if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end",
                List.of(key + ":lock"), List.of(token));
        }
    }
    return fresh.get();
}

/** Compares and sets in one go, as scripts run alone in Redis. */
boolean setIfNewer(RedisClient cache, String key, long version, String json) {
    return cache.eval("""
        local known = tonumber(redis.call('hget', KEYS[1], 'version') or 0)
        if known >= tonumber(ARGV[1]) then return 0 end
        redis.call('hset', KEYS[1], 'version', ARGV[1], 'json', ARGV[2])
        redis.call('expire', KEYS[1], 300)
        return 1""", List.of(key), List.of(Long.toString(version), json)).equals(1L);
}

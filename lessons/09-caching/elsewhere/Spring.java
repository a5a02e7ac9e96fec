///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.springframework:spring-context-support
//DEPS org.springframework:spring-jdbc
//DEPS org.springframework.data:spring-data-redis
//DEPS io.lettuce:lettuce-core
//DEPS com.github.codemonstur:embedded-redis:1.4.3
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.transaction.TransactionAwareCacheManagerProxy;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.cache.RedisCacheWriter.RedisCacheWriterConfigurer;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import redis.embedded.RedisServer;

/** How many callers load at once, and what a transaction-aware cache does before the commit. */
class Spring {
    // tag::shown[]
    static class Loader {
        @Cacheable("names") public String each(int id) throws InterruptedException {
            LOADS.incrementAndGet();
            ALL.countDown();
            ALL.await(10, TimeUnit.SECONDS); // until eight callers are in here
            return "Ann";
        }

        @Cacheable(cacheNames = "names", sync = true) public String single(int id) {
            LOADS.incrementAndGet();
            return "Ann";
        }
    }

    static void beforeTheCommit(TransactionTemplate transaction, Cache cache, Cache asOthersSeeIt) {
        says("put", "null, then new", transaction, asOthersSeeIt, () -> cache.put(1, "new"));
        says("putIfAbsent", "new, then new", transaction, asOthersSeeIt, () -> cache.putIfAbsent(1, "new"));
        says("get with a loader, as sync = true has it", "new, then new", transaction, asOthersSeeIt,
            () -> cache.get(1, () -> "new"));
        asOthersSeeIt.put(1, "old");
        says("evict", "old, then null", transaction, asOthersSeeIt, () -> cache.evict(1));
        asOthersSeeIt.put(1, "old");
        says("evictIfPresent", "null, then null", transaction, asOthersSeeIt, () -> cache.evictIfPresent(1));

        transaction.executeWithoutResult(status -> {
            cache.get(1, () -> "never committed");
            status.setRollbackOnly();
        });
        System.out.println("  get with a loader, after a rollback: " + asOthersSeeIt.get(1, String.class));
        check(asOthersSeeIt.get(1) != null);
        asOthersSeeIt.clear();
    }

    /** What another transaction finds in the cache before the commit of this one, then after it. */
    static void says(String what, String expected, TransactionTemplate transaction, Cache asOthersSeeIt, Runnable work) {
        var before = transaction.execute(status -> {
            work.run();
            return asOthersSeeIt.get(1, String.class) + "";
        });
        var found = before + ", then " + asOthersSeeIt.get(1, String.class);
        System.out.println("  " + what + ": " + found);
        asOthersSeeIt.clear();
        check(found.equals(expected));
    }
    // end::shown[]

    static final AtomicInteger LOADS = new AtomicInteger();
    static final CountDownLatch ALL = new CountDownLatch(8);

    @Configuration(proxyBeanMethods = false) @EnableCaching(proxyTargetClass = true)
    static class Program {
        @Bean CacheManager manager() {
            return new ConcurrentMapCacheManager();
        }

        @Bean Loader loader() {
            return new Loader();
        }
    }

    public static void main(String... args) throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        var transaction = new TransactionTemplate(new JdbcTransactionManager(new DriverManagerDataSource(
            System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"))));
        try (var spring = new AnnotationConfigApplicationContext(Program.class)) {
            // tag::shown[]

            var loader = spring.getBean(Loader.class);
            check(loads("@Cacheable", () -> loader.each(1)) == 8);
            check(loads("@Cacheable(sync = true)", () -> loader.single(2)) == 1);
            // end::shown[]
        }

        // tag::shown[]
        var map = new ConcurrentMapCacheManager();
        var proxy = new TransactionAwareCacheManagerProxy(map);
        System.out.println("TransactionAwareCacheManagerProxy, before the commit and after it:");
        beforeTheCommit(transaction, proxy.getCache("names"), map.getCache("names"));
        // end::shown[]

        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var redis = RedisServer.newRedisServer().port(port).setting("bind 127.0.0.1").setting("save \"\"").build();
        redis.start();
        var mine = connect(port);
        var theirs = connect(port);
        try {
            // tag::shown[]
            var waiting = RedisCacheWriter.create(mine, RedisCacheWriterConfigurer::immediateWrites);
            var aware = names(RedisCacheManager.builder(waiting).transactionAware());
            var others = names(RedisCacheManager.builder(
                RedisCacheWriter.create(theirs, RedisCacheWriterConfigurer::immediateWrites)));
            System.out.println("RedisCacheManager, transactionAware(), immediateWrites():");
            beforeTheCommit(transaction, aware, others);

            System.out.println("while Redis lets writes wait:");
            var asItComes = names(RedisCacheManager.builder(mine));
            slow("put", "null", others, theirs, () -> asItComes.put(7, "new"));
            slow("put, immediateWrites()", "new", others, theirs, () -> aware.put(7, "new"));
            others.put(7, "old");
            slow("evict", "old", others, theirs, () -> asItComes.evict(7));
            others.put(7, "old");
            slow("evict, immediateWrites()", "null", others, theirs, () -> aware.evict(7));
            // end::shown[]
        } finally {
            mine.destroy();
            theirs.destroy();
            redis.stop();
        }
    }

    // tag::shown[]

    static void slow(String what, String expected, Cache others, LettuceConnectionFactory theirs, Runnable write) {
        try (var connection = theirs.getConnection()) { // for half a second Redis answers reads alone
            connection.execute("client", "pause".getBytes(), "500".getBytes(), "write".getBytes());
        }
        write.run();
        var found = others.get(7, String.class) + "";
        System.out.println("  " + what + ": " + found);
        check(found.equals(expected));
        others.clear();
    }
    // end::shown[]

    static LettuceConnectionFactory connect(int port) {
        var connections = new LettuceConnectionFactory("127.0.0.1", port);
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }

    static Cache names(RedisCacheManager.RedisCacheManagerBuilder builder) {
        var manager = builder.build();
        manager.afterPropertiesSet();
        return manager.getCache("names");
    }

    /** How many of eight callers load. */
    static int loads(String what, java.util.concurrent.Callable<String> call) throws Exception {
        LOADS.set(0);
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var each : threads.invokeAll(java.util.Collections.nCopies(8, call))) {
                check(each.get().equals("Ann"));
            }
        }
        System.out.println(what + ", eight callers: loads " + LOADS.get());
        return LOADS.get();
    }

    static void check(boolean claim) {
        if (!claim) {
            throw new AssertionError("unexpected");
        }
    }
}

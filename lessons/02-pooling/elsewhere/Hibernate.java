///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.hibernate.orm:hibernate-core
//DEPS com.zaxxer:HikariCP
//DEPS org.postgresql:postgresql
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import com.zaxxer.hikari.HikariDataSource;
import org.hibernate.cfg.Configuration;

/** When Hibernate takes a connection from the pool, and when it gives it back. */
class Hibernate {
    // tag::shown[]
    static void connectionsInUse(boolean autoCommit, String disables, int afterBegin) {
        System.out.println(
            "auto-commit=" + autoCommit + ", provider_disables_autocommit=" + disables);
        try (var pool = pool(autoCommit)) {
            var configuration = new Configuration()
                .setProperty("hibernate.connection.provider_disables_autocommit", disables);
            configuration.getProperties().put("hibernate.connection.datasource", pool);
            try (var factory = configuration.buildSessionFactory();
                 var session = factory.openSession()) {
                var transaction = session.beginTransaction();
                check("when the transaction has begun", inUse(pool), afterBegin);
                session.createNativeQuery("select 1", Integer.class).getSingleResult();
                check("after the first statement", inUse(pool), 1);
                transaction.commit();
                check("after the commit", inUse(pool), 0);
            }
        }
    }
    // end::shown[]

    public static void main(String... args) {
        java.util.logging.LogManager.getLogManager().reset();
        // tag::shown[]

        connectionsInUse(true, "false", 1);
        connectionsInUse(false, "false", 1);
        connectionsInUse(false, "true", 0);
        // end::shown[]
    }

    static HikariDataSource pool(boolean autoCommit) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(System.getenv("JDBC_URL"));
        pool.setUsername(System.getenv("PGUSER"));
        pool.setPassword(System.getenv("PGPASSWORD"));
        pool.setMaximumPoolSize(1);
        pool.setAutoCommit(autoCommit);
        return pool;
    }

    static int inUse(HikariDataSource pool) {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    static void check(String what, Object found, Object expected) {
        System.out.println("  " + what + ": " + found);
        if (!found.equals(expected)) {
            throw new AssertionError(expected + " was expected");
        }
    }
}

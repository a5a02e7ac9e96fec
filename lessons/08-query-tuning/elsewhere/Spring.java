///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.springframework.data:spring-data-jpa
//DEPS org.springframework:spring-jdbc
//DEPS org.hibernate.orm:hibernate-core
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.Repository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

/** What Spring repeats, and how Spring Data asks for a page and for a lock. */
class Spring {
    // tag::shown[]
    @Entity(name = "Post") static class Post {
        @Id Long id;
        long at;
    }

    interface Posts extends Repository<Post, Long> {
        Window<Post> findFirst2ByOrderByAtDescIdDesc(ScrollPosition position);

        @Lock(LockModeType.PESSIMISTIC_WRITE) @Transactional
        List<Post> findByAt(long at);
    }

    static class Deposits {
        private final Deposit deposit;

        Deposits(Deposit deposit) {
            this.deposit = deposit;
        }

        @Retryable(includes = ConcurrencyFailureException.class, delay = 1)
        void make() {
            deposit.make();
        }
    }

    static class Deposit {
        private final JdbcClient client;

        Deposit(JdbcClient client) {
            this.client = client;
        }

        @Transactional void make() {
            var before = client.sql("select pg_current_xact_id()::text").query(String.class).single();
            var after = client.sql("select pg_current_xact_id()::text").query(String.class).single();
            check(before.equals(after));
            TRANSACTIONS.add(before);
            if (TRANSACTIONS.size() < 3) {
                client.sql("do $$ begin raise serialization_failure; end $$").update();
            }
        }
    }

    @Configuration(proxyBeanMethods = false) @EnableTransactionManagement(proxyTargetClass = true)
    @EnableResilientMethods(proxyTargetClass = true)
    @EnableJpaRepositories(considerNestedRepositories = true)
    static class Program { // has the beans, a data source and a transaction manager among them
        // end::shown[]
        @Bean DataSource dataSource() {
            return new DriverManagerDataSource(
                System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"));
        }

        @Bean LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource dataSource) {
            var factory = new LocalContainerEntityManagerFactoryBean();
            factory.setDataSource(dataSource);
            factory.setManagedTypes(PersistenceManagedTypes.of(Post.class.getName()));
            factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            factory.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "create",
                "hibernate.session_factory.statement_inspector", (StatementInspector) sql -> {
                    SENT.add(sql);
                    return sql;
                }));
            return factory;
        }

        @Bean JpaTransactionManager transactionManager(EntityManagerFactory factory) {
            return new JpaTransactionManager(factory);
        }

        @Bean JdbcClient client(DataSource dataSource) {
            return JdbcClient.create(dataSource);
        }

        @Bean Deposit deposit(JdbcClient client) {
            return new Deposit(client);
        }

        @Bean Deposits deposits(Deposit deposit) {
            return new Deposits(deposit);
        }
    }

    static final List<String> SENT = new ArrayList<>();
    static final Set<String> TRANSACTIONS = new HashSet<>();

    public static void main(String... args) {
        java.util.logging.LogManager.getLogManager().reset();
        try (var spring = new AnnotationConfigApplicationContext(Program.class)) {
            var client = spring.getBean(JdbcClient.class);
            client.sql("insert into post (id, at) select n, n from generate_series(1, 9) n").update();

            // tag::shown[]

            var posts = spring.getBean(Posts.class);
            var page = posts.findFirst2ByOrderByAtDescIdDesc(ScrollPosition.keyset());
            SENT.clear();
            var next = posts.findFirst2ByOrderByAtDescIdDesc(page.positionAt(1));
            System.out.println("the second page: " + where());
            check(where().contains(" or ") && next.getContent().getFirst().id == 7);

            SENT.clear();
            posts.findByAt(1);
            System.out.println("@Lock(PESSIMISTIC_WRITE): " + where());
            check(where().contains("for no key update"));

            spring.getBean(Deposits.class).make();
            System.out.println(
                "a deposit that fails twice with 40001: " + TRANSACTIONS.size() + " transactions");
            check(TRANSACTIONS.size() == 3);
            // end::shown[]
        }
    }

    static String where() {
        return SENT.getLast().substring(SENT.getLast().indexOf("where")).replaceFirst(" order by.*", "");
    }

    static void check(boolean claim) {
        if (!claim) {
            throw new AssertionError(String.join("\n", SENT));
        }
    }
}

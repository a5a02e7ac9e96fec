///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.springframework.data:spring-data-jpa
//DEPS org.springframework:spring-jdbc
//DEPS org.hibernate.orm:hibernate-core
//DEPS org.postgresql:postgresql
//DEPS org.slf4j:slf4j-nop
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import jakarta.persistence.*;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.annotations.SQLRestriction;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.Repository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/** Which conditions Spring Data writes, and which index may answer them. */
class Spring {
    // tag::shown[]
    enum Status { PENDING, DONE }

    @Entity(name = "Job") static class Job {
        @Id Long id;
        @Enumerated(EnumType.STRING) Status status;
        @Column(name = "created_at") Instant createdAt;
    }

    @Entity(name = "User") @Table(schema = "app", name = "users") @SQLRestriction("deleted_at is null")
    static class User {
        @Id UUID id;
        String email;
    }

    interface Users extends Repository<User, UUID> {
        User findByEmailIgnoreCase(String email);

        @Query("select u from User u where lower(u.email) = lower(:email)") User byAddress(String email);
    }

    interface Jobs extends Repository<Job, Long> {
        List<Job> findTop10ByStatusOrderByCreatedAt(Status status);

        @Query("select j from Job j where j.status = PENDING order by j.createdAt limit 10")
        List<Job> pending();

        @NativeQuery("select * from job where to_tsvector('english', status) @@ websearch_to_tsquery('english', ?1)")
        List<Job> words(String words);
    }

    static void shown(Users users, Jobs jobs) {
        users.findByEmailIgnoreCase("User777@Example.com");
        uses("users_email_live", false, "findByEmailIgnoreCase");
        users.byAddress("User777@Example.com");
        uses("users_email_live", true, "@Query with lower(u.email)");
        jobs.findTop10ByStatusOrderByCreatedAt(Status.PENDING);
        uses("job_pending", false, "findTop10ByStatusOrderByCreatedAt, a plan for all values");
        jobs.pending();
        uses("job_pending", true, "@Query with status = PENDING");
        System.out.println("@NativeQuery with @@: " + jobs.words("pending").size() + " row");
    }
    // end::shown[]

    @Configuration(proxyBeanMethods = false) @EnableJpaRepositories(considerNestedRepositories = true)
    static class Program {
        @Bean DataSource dataSource() {
            return new DriverManagerDataSource(
                System.getenv("JDBC_URL"), System.getenv("PGUSER"), System.getenv("PGPASSWORD"));
        }

        @Bean LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource dataSource) {
            var factory = new LocalContainerEntityManagerFactoryBean();
            factory.setDataSource(dataSource);
            factory.setManagedTypes(PersistenceManagedTypes.of(User.class.getName(), Job.class.getName()));
            factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            factory.setJpaPropertyMap(Map.of("hibernate.session_factory.statement_inspector", (StatementInspector) sql -> {
                SENT.add(sql);
                return sql;
            }));
            return factory;
        }

        @Bean JpaTransactionManager transactionManager(EntityManagerFactory factory) {
            return new JpaTransactionManager(factory);
        }
    }

    static final List<String> SENT = new ArrayList<>();

    public static void main(String... args) {
        java.util.logging.LogManager.getLogManager().reset();
        try (var spring = new AnnotationConfigApplicationContext(Program.class)) {
            JdbcClient.create(spring.getBean(DataSource.class)).sql("""
                create table job (id bigint primary key, status text not null, created_at timestamptz not null);
                create index job_pending on job (created_at) where status = 'PENDING';
                insert into job select n, case n when 1 then 'PENDING' else 'DONE' end, now() from generate_series(1, 10000) n;
                analyze job""").update();
            shown(spring.getBean(Users.class), spring.getBean(Jobs.class));
        }
    }

    /** Whether the plan of what was sent last, for all values of its parameters, uses the index. */
    static void uses(String index, boolean expected, String what) {
        var explaining = JdbcClient.create(new DriverManagerDataSource(
            System.getenv("JDBC_URL") + "?preferQueryMode=simple",
            System.getenv("PGUSER"), System.getenv("PGPASSWORD")));
        var sql = SENT.getLast();
        var number = new java.util.concurrent.atomic.AtomicInteger();
        var numbered = java.util.regex.Pattern.compile("\\?").matcher(sql).replaceAll(found -> "\\$" + number.incrementAndGet());
        var plan = String.join("\n", explaining.sql("explain (generic_plan) " + numbered).query(String.class).list());
        var used = plan.contains(index);
        System.out.println(what + ":\n  " + sql.replaceFirst(".* (?=where)", "") + "\n  " + index + (used ? " is used" : " is not used"));
        if (used != expected) {
            throw new AssertionError(plan);
        }
    }
}

///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.hibernate.orm:hibernate-core
//DEPS org.jooq:jooq
//DEPS org.postgresql:postgresql
//DEPS org.springframework:spring-jdbc
//DEPS org.springframework.security:spring-security-crypto
import jakarta.persistence.*;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.hibernate.LockMode;
import org.hibernate.annotations.Generated;
import org.hibernate.cfg.Configuration;
import org.hibernate.generator.EventType;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.SimpleJdbcCall;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Procedures that commit, columns that triggers write, queues and hashes: in Spring, Hibernate and jOOQ. */
class Frameworks {
    @Entity(name = "Job") @Table(name = "framework_jobs")
    static class Job {
        @Id Long id;
        Integer n;
        @Generated(event = {EventType.INSERT, EventType.UPDATE}) String made;
    }

    static final List<String> SENT = new ArrayList<>();

    public static void main(String... args) throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        var url = System.getenv("JDBC_URL");
        var dataSource = dataSource(url);
        var jdbc = new JdbcTemplate(dataSource);
        jdbc.execute("""
            create table framework_jobs (id bigint primary key, n int, made text);
            create function framework_made() returns trigger language plpgsql as $$
              begin new.made := 'by a trigger, ' || new.n; return new; end $$;
            create function framework_keep() returns trigger language plpgsql as 'begin return new; end';
            create trigger made before insert or update on framework_jobs for each row execute function framework_made();
            create trigger keep before delete on framework_jobs for each row execute function framework_keep();
            create procedure framework_commits() language plpgsql as 'begin commit; end';
            create function framework_next(n int) returns int language sql as 'select n + 1';
            create function framework_refuses() returns int language plpgsql as
              $$ begin raise exception 'no' using errcode = '22023'; end $$""");

        var manager = new DataSourceTransactionManager(dataSource);
        var inTransaction = new TransactionTemplate(manager);
        var outside = new TransactionTemplate(manager);
        outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        said("Spring, call", "accepted", () -> { jdbc.execute("call framework_commits()"); return "accepted"; });
        said("Spring, call in a transaction", "UncategorizedSQLException 2D000", () ->
            inTransaction.execute(status -> { jdbc.execute("call framework_commits()"); return "accepted"; }));
        said("Spring, call in NOT_SUPPORTED in a transaction", "accepted", () -> inTransaction.execute(status ->
            outside.execute(none -> { jdbc.execute("call framework_commits()"); return "accepted"; })));
        said("SimpleJdbcCall.withProcedureName", "BadSqlGrammarException 42809", () ->
            new SimpleJdbcCall(dataSource).withProcedureName("framework_commits").execute());
        var plainly = dataSource(url + (url.contains("?") ? "&" : "?") + "escapeSyntaxCallMode=callIfNoReturn");
        said("the same with callIfNoReturn", "{}", () ->
            new SimpleJdbcCall(plainly).withProcedureName("framework_commits").execute());
        said("SimpleJdbcCall.withFunctionName", "2", () ->
            new SimpleJdbcCall(dataSource).withFunctionName("framework_next").executeFunction(Integer.class, 1));
        said("Spring, 22023", "DataIntegrityViolationException 22023", () ->
            jdbc.queryForObject("select framework_refuses()", Integer.class));
        hibernate(url);
        jooq(dataSource);
        said("BCryptPasswordEncoder, 73 bytes", "IllegalArgumentException", () -> new BCryptPasswordEncoder().encode("x".repeat(73)));
        said("createDelegatingPasswordEncoder()", "{bcrypt}$2a$10$", () ->
            PasswordEncoderFactories.createDelegatingPasswordEncoder().encode("secret").substring(0, 15));
    }

    static void hibernate(String url) {
        var configuration = new Configuration().addAnnotatedClass(Job.class)
            .setProperty("hibernate.connection.url", url)
            .setProperty("hibernate.connection.username", System.getenv("PGUSER"))
            .setProperty("hibernate.connection.password", System.getenv("PGPASSWORD"));
        configuration.setStatementInspector(sql -> { SENT.add(sql); return sql; });
        try (var factory = configuration.buildSessionFactory()) {
            said("Hibernate, @Generated", "by a trigger, 5", () -> factory.fromTransaction(session -> {
                var job = new Job();
                job.id = 1L;
                job.n = 5;
                session.persist(job);
                session.flush();
                return job.made;
            }));
            said("with", "insert into framework_jobs (n,id) values (?,?) returning made", SENT::getLast);
            said("Hibernate, UPGRADE_SKIPLOCKED", "for no key update of j1_0 skip locked", () -> factory.fromTransaction(session -> {
                session.createSelectionQuery("from Job order by id", Job.class).setMaxResults(1)
                    .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED).list();
                return lock();
            }));
            said("Hibernate, lock.timeout -2", "for no key update of j1_0 skip locked", () -> factory.fromTransaction(session -> {
                session.createSelectionQuery("from Job order by id", Job.class).setMaxResults(1)
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE).setHint("jakarta.persistence.lock.timeout", -2).list();
                return lock();
            }));
            said("HQL with a function", "[6]", () -> factory.fromSession(session ->
                session.createSelectionQuery("select framework_next(n) from Job", Integer.class).list()));
            said("Hibernate, a delete that a trigger swallows", "OptimisticLockException", () -> factory.fromTransaction(session -> {
                session.remove(session.find(Job.class, 1L));
                return "accepted";
            }));
            said("Hibernate, createStoredProcedureCall in a transaction", "GenericJDBCException 2D000", () ->
                factory.fromTransaction(session -> session.createStoredProcedureCall("framework_commits").execute()));
        }
    }

    static void jooq(DriverManagerDataSource dataSource) {
        var create = DSL.using(dataSource, SQLDialect.POSTGRES);
        said("jOOQ, forUpdate().skipLocked()", "select * from framework_jobs fetch next ? rows only for update skip locked", () ->
            create.selectFrom("framework_jobs").limit(1).forUpdate().skipLocked().getSQL());
        said("jOOQ, call", "accepted", () -> { create.execute("call framework_commits()"); return "accepted"; });
        said("jOOQ, call in a transaction", "DataAccessException 2D000", () ->
            create.transactionResult(t -> t.dsl().execute("call framework_commits()")));
        said("jOOQ, 22023", "DataException 22023", () -> create.fetch("select framework_refuses()"));
    }

    static String lock() {
        return SENT.getLast().replaceAll(".*rows only ", "");
    }

    static DriverManagerDataSource dataSource(String url) {
        return new DriverManagerDataSource(url, System.getenv("PGUSER"), System.getenv("PGPASSWORD"));
    }

    /** Prints what comes of it: a value, or a failure with its SQLSTATE. */
    static void said(String what, String expected, Callable<?> work) {
        var said = said(work);
        System.out.println(what + ": " + said);
        if (!said.equals(expected)) {
            throw new AssertionError("expected " + expected);
        }
    }

    static String said(Callable<?> work) {
        try {
            return String.valueOf(work.call());
        } catch (Exception failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql) {
                    return failure.getClass().getSimpleName() + " " + sql.getSQLState();
                }
            }
            return failure.getClass().getSimpleName();
        }
    }
}

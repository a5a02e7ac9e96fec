///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.springframework.boot:spring-boot-dependencies:4.1.2@pom
//DEPS org.hibernate.orm:hibernate-core
//DEPS org.jooq:jooq
//DEPS org.postgresql:postgresql
//DEPS org.springframework:spring-jdbc
import jakarta.persistence.*;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.cfg.Configuration;
import org.hibernate.query.Order;
import org.hibernate.query.specification.SelectionSpecification;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What gets in by Spring, Hibernate and jOOQ, and what they tell others. */
class Frameworks {
    @Entity(name = "Member") @Table(name = "framework_members")
    static class Member {
        @Id Integer id;
        String name;
        @ColumnTransformer(read = "convert_from(decrypt(card, 'the key', 'aes'), 'UTF8')", write = "encrypt(?::text::bytea, 'the key', 'aes')")
        String card;
    }

    static final String ATTACK = "' or '1'='1";
    static final String SORT = "case when substr(name, 1, 1) = 'A' then -id else id end";
    static final List<String> SENT = new ArrayList<>();

    public static void main(String... args) throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        var url = System.getenv("JDBC_URL");
        var spring = JdbcClient.create(dataSource(url));
        spring.sql("""
            drop table if exists framework_members;
            create extension if not exists pgcrypto;
            create table framework_members (id int primary key, name text, card bytea check (length(card) < 100));
            insert into framework_members (id, name) values (1, 'Ann'), (2, 'Bob')""").update();

        said("JdbcClient, glued", "[1, 2]", () -> spring.sql("select id from framework_members where name = '" + ATTACK + "'")
            .query(Integer.class).list());
        said("JdbcClient, :name", "[]", () -> spring.sql("select id from framework_members where name = :name")
            .param("name", ATTACK).query(Integer.class).list());
        said("JdbcClient, order by :sort", "[1, 2]", () -> spring.sql("select id from framework_members order by :sort")
            .param("sort", "id desc").query(Integer.class).list());

        var refused = "insert into framework_members (id, name, card) values (3, :name, decode(repeat('00', 100), 'hex'))";
        said("an exception of Spring tells the row", "true", () -> tells(spring, refused));
        said("with logServerErrorDetail=false", "false", () ->
            tells(JdbcClient.create(dataSource(url + (url.contains("?") ? "&" : "?") + "logServerErrorDetail=false")), refused));
        hibernate(url);
        jooq(dataSource(url));
    }

    /** Whether the message of a failure has what was in a parameter. */
    static boolean tells(JdbcClient client, String sql) {
        try {
            client.sql(sql).param("name", "a secret name").update();
            throw new AssertionError("accepted");
        } catch (org.springframework.dao.DataAccessException e) {
            return e.getMessage().contains("a secret name");
        }
    }

    static void hibernate(String url) {
        var configuration = new Configuration().addAnnotatedClass(Member.class)
            .setProperty("hibernate.connection.url", url)
            .setProperty("hibernate.connection.username", System.getenv("PGUSER"))
            .setProperty("hibernate.connection.password", System.getenv("PGPASSWORD"));
        configuration.setStatementInspector(sql -> { SENT.add(sql); return sql; });
        try (var factory = configuration.buildSessionFactory()) {
            said("HQL, glued", "[1, 2]", () -> factory.fromSession(session -> session
                .createSelectionQuery("select id from Member where name = '" + ATTACK + "'", Integer.class).list()));
            said("HQL, glued, with SQL in it", "[2]", () -> factory.fromSession(session -> session
                .createSelectionQuery("select id from Member where name = 'x' or id = cast(sql('(select max(id) from framework_members)') as Integer)",
                    Integer.class).list()));
            said("HQL, :name", "[]", () -> factory.fromSession(session -> session
                .createSelectionQuery("select id from Member where name = :name", Integer.class).setParameter("name", ATTACK).list()));
            said("Order.asc(from outside)", "refused", () -> factory.fromSession(session -> {
                try {
                    return SelectionSpecification.create(Member.class).sort(Order.asc(Member.class, SORT))
                        .createQuery(session).list();
                } catch (IllegalArgumentException | org.hibernate.HibernateException e) {
                    return "refused";
                }
            }));
            said("@ColumnTransformer sends its key", "true", () -> factory.fromSession(session -> {
                session.find(Member.class, 1);
                return SENT.getLast().contains("'the key'");
            }));
        }
    }

    static void jooq(DriverManagerDataSource dataSource) {
        var create = DSL.using(dataSource, SQLDialect.POSTGRES);
        var id = DSL.field(DSL.name("id"), Integer.class);
        var name = DSL.field(DSL.name("name"), String.class);
        var members = DSL.table(DSL.name("framework_members"));
        said("jOOQ, eq", "[]", () -> create.select(id).from(members).where(name.eq(ATTACK)).fetch(id));
        said("jOOQ, eq(inline)", "[]", () -> create.select(id).from(members).where(name.eq(DSL.inline(ATTACK))).fetch(id));
        said("jOOQ, condition(glued)", "[1, 2]", () -> create.select(id).from(members).where("name = '" + ATTACK + "'").fetch(id));
        said("jOOQ, orderBy(field(from outside))", "[1, 2]", () -> create.select(id).from(members).orderBy(DSL.field(SORT)).fetch(id));
        said("jOOQ, orderBy(field(name(from outside)))", "DataAccessException 42703", () ->
            create.select(id).from(members).orderBy(DSL.field(DSL.name(SORT))).fetch(id));
        said("jOOQ, contains('%')", "[]", () -> create.select(id).from(members).where(name.contains("%")).fetch(id));
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
            return failure.toString();
        }
    }
}

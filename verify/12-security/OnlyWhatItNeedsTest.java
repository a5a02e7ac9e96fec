import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import lab.Login;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Does as the app what it must do, tries what it must not, and reads in the catalog what everybody has. */
class OnlyWhatItNeedsTest {
    private static final String REFUSED = "SQLSTATE 42501, permission denied";
    private static CatalogSnapshot before;

    @Test @Hint(2) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        before = CatalogSnapshot.withRows(clone);
        AnswerMigrations.run(clone, answer);
    }

    @Test @Needs("runs") @Hint(1) @Promises("products") @DisplayName("products are read, and not changed")
    void products(Clone clone) throws SQLException {
        works(clone, "select id, name, price from app.products", "select * from app.products where price > 10");
        refused(clone, "insert into app.products (name, price) values ('cup', 5)", "update app.products set price = 0",
            "update app.products set name = 'x'", "delete from app.products", "truncate app.products",
            "create trigger t after insert on app.products for each row execute function suppress_redundant_updates_trigger()");
        hasNot(clone, "app.products", "references", "maintain");
    }

    @Test @Needs("runs") @Hint(2) @Promises("customers") @DisplayName("customers are read, added and changed, by their columns")
    void customers(Clone clone) throws SQLException {
        works(clone, "select id, name, email from app.customers where email = 'ann@example.com'",
            "insert into app.customers (name, email, password_hash) values ('Carl', 'carl@example.com', '$argon2id$…carl')",
            "update app.customers set name = 'Anne', email = 'anne@example.com' where id = 1");
        refused(clone, "update app.customers set password_hash = 'x'", "update app.customers set card = null",
            "insert into app.customers (name, email, password_hash, card) values ('Carl', 'carl@example.com', 'x', 'y')",
            "insert into app.customers (id, name, email, password_hash) overriding system value values (9, 'Carl', 'carl@example.com', 'x')",
            "update app.customers set id = default", "delete from app.customers where id = 2", "truncate app.customers cascade");
        hasNot(clone, "app.customers", "references", "trigger", "maintain");
    }

    @Test @Needs("runs") @Hint(1) @Promises({"customers", "nothing-else"}) @DisplayName("neither cards nor hashes are read, whichever way")
    void secrets(Clone clone) throws SQLException {
        refused(clone, "select card from app.customers", "select password_hash from app.customers", "select * from app.customers",
            "select name from app.customers order by card", "select count(*) from app.customers where password_hash like '$argon%'",
            "update app.customers set name = card", "update app.customers set name = name returning password_hash",
            "select name from app.customer_list", "select count(*) from app.customer_list", "select card from app.customer_list", "select password_hash from app.customer_list",
            "update app.customer_list set card = null", "insert into app.customer_list (name, email, password_hash, card) values ('x', 'y', 'z', 'c')",
            "delete from app.customer_list");
    }

    @Test @Needs("runs") @Hint(2) @Promises("orders") @DisplayName("orders are read and added, and their status changes")
    void orders(Clone clone) throws SQLException {
        works(clone, "select id, customer_id, product_id, status from app.orders", "insert into app.orders (customer_id, product_id) values (1, 1) returning id",
            "update app.orders set status = 'sent' where id = 1");
        refused(clone, "insert into app.orders (customer_id, product_id, status) values (1, 1, 'sent')",
            "insert into app.orders (id, customer_id, product_id) overriding system value values (99, 1, 1)", "update app.orders set product_id = 1",
            "update app.orders set customer_id = 2", "update app.orders set id = default", "delete from app.orders", "truncate app.orders");
        hasNot(clone, "app.orders", "references", "trigger", "maintain");
    }

    @Test @Needs("runs") @Hint(2) @Promises("audit") @DisplayName("lines are added to the audit, and neither read nor changed")
    void audit(Clone clone) throws SQLException {
        works(clone, "insert into app.audit (what) values ('Ann logs in')");
        refused(clone, "select what from app.audit", "select count(*) from app.audit", "insert into app.audit (what) values ('x') returning id",
            "insert into app.audit (at, what) values ('2020-01-01', 'long ago')", "insert into app.audit (id, what) overriding system value values (1, 'x')",
            "update app.audit set what = 'x'", "delete from app.audit", "truncate app.audit");
        hasNot(clone, "app.audit", "references", "trigger", "maintain");
    }

    @Test @Needs("runs") @Hint(1) @Promises("refund") @DisplayName("refund is called, wipe is not")
    void functions(Clone clone) throws SQLException {
        works(clone, "select app.refund(1)");
        refused(clone, "select app.wipe()");
        Sql.execute(clone.app(), "select app.refund(2)");
        Expect.equal("What a refund leaves in the order and in the audit", List.of(List.of("refunded", "refund of order 2")), Sql.query(clone.owner(), """
            select status, what from app.orders, app.audit where orders.id = 2 and audit.id <> 1""").values(), "Does the function still do its work?");
        Sql.execute(clone.owner(), "update app.orders set status = 'new' where id = 2; delete from app.audit where id <> 1");
    }

    @Test @Needs("runs") @Hint(1) @Promises("creates-nothing") @DisplayName("the app creates nothing in the schema")
    void createsNothing(Clone clone) throws SQLException {
        refused(clone, "create table app.mine (id int)", "create view app.mine as select 1 as one", "create sequence app.mine",
            "create function app.mine() returns int return 1", "create type app.mine as enum ('a')");
        works(clone, "select 'app.products'::regclass");
    }

    @Test @Needs("runs") @Hint(1) @Promises({"not-everybody", "products"}) @DisplayName("everybody has nothing, and the app nothing to hand on")
    void notEverybody(Clone clone) throws SQLException {
        Expect.equal("What everybody may", List.of(), Sql.query(clone.owner(), """
            select lower(privilege_type) || ' on ' || relname from pg_class, aclexplode(relacl) where relnamespace = 'app'::regnamespace and grantee = 0
            union all
            select lower(privilege_type) || ' on ' || attrelid::regclass || '.' || attname from pg_attribute, aclexplode(attacl)
              where attrelid in (select oid from pg_class where relnamespace = 'app'::regnamespace) and grantee = 0
            union all
            select 'call ' || proname from pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
              where pronamespace = 'app'::regnamespace and grantee = 0
            union all
            select lower(privilege_type) || ' in the schema' from pg_namespace, aclexplode(nspacl) where nspname = 'app' and grantee = 0
            order by 1 limit 3""").values(), "The app has what everybody has. From whom was it taken?");
        Expect.equal("What the app may hand on to others", List.of(), Sql.query(clone.owner(), """
            select lower(privilege_type) || ' on ' || relname from pg_class, aclexplode(relacl) where relnamespace = 'app'::regnamespace and is_grantable and grantee <> grantor
            union all
            select lower(privilege_type) || ' on ' || attrelid::regclass || '.' || attname from pg_attribute, aclexplode(attacl)
              where attrelid in (select oid from pg_class where relnamespace = 'app'::regnamespace) and is_grantable and grantee <> grantor
            union all
            select 'call ' || proname from pg_proc, aclexplode(proacl) where pronamespace = 'app'::regnamespace and is_grantable and grantee <> grantor
            union all
            select lower(privilege_type) || ' in the schema' from pg_namespace, aclexplode(nspacl) where nspname = 'app' and is_grantable and grantee <> grantor
            order by 1 limit 3""").values(), "No more than it does: it grants nothing.");
        Expect.equal("Sequences that the app may use", List.of(), Sql.query(clone.owner(), """
            select relname::text from pg_class where relnamespace = 'app'::regnamespace
              and case when relkind = 'S' then has_sequence_privilege('course_app', oid, 'usage, select, update') end order by 1""").values(),
            "An identity column gives its number without them. Who may set a sequence, can make every insert fail.");
    }

    @Test @Needs("notEverybody") @Hint(2) @Promises("tomorrow") @DisplayName("nor does anything that the owner creates tomorrow")
    void tomorrow(Clone clone) throws SQLException {
        Sql.execute(clone.owner(), """
            create table app.of_tomorrow (id bigint generated always as identity, n serial);
            create view app.view_of_tomorrow as select * from app.of_tomorrow;
            create function app.function_of_tomorrow() returns int return 1;
            create procedure app.procedure_of_tomorrow() language sql as ''""");
        refused(clone, "select * from app.of_tomorrow", "insert into app.of_tomorrow default values", "update app.of_tomorrow set n = 1", "delete from app.of_tomorrow",
            "select * from app.view_of_tomorrow", "select nextval('app.of_tomorrow_n_seq')", "select last_value from app.of_tomorrow_n_seq",
            "select app.function_of_tomorrow()", "call app.procedure_of_tomorrow()");
        Expect.equal("What everybody may with things of tomorrow", List.of(), Sql.query(clone.owner(), """
            select lower(privilege_type) || ' on ' || relname from pg_class, aclexplode(relacl) where relname ~ 'of_tomorrow' and grantee = 0
            union all
            select 'call ' || proname from pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner))) where proname ~ 'of_tomorrow' and grantee = 0
            order by 1 limit 3""").values(), "Default privileges: for all schemas, for this schema, and those that are built in.");
        Sql.execute(clone.owner(), "drop procedure app.procedure_of_tomorrow; drop function app.function_of_tomorrow; drop view app.view_of_tomorrow; drop table app.of_tomorrow");
    }

    @Test @Needs({"products", "customers", "secrets", "orders", "audit", "functions", "createsNothing", "tomorrow"}) @Hint(1) @Promises("nothing-else")
    @DisplayName("nothing else has changed")
    void nothingElse(Clone clone) throws SQLException {
        Expect.nothingElseChanged("What is different after the migration, and should not be", before, CatalogSnapshot.withRows(clone),
            "The task asks for privileges alone.",
            "(?s)^changed: (table|view|sequence) \\S+, was owner (\\S+), privileges .*, (options .*), is owner \\2, privileges .*, \\3$",
            "^changed: column \\S+, was (.*), privileges .*, is \\1, privileges [^ ]*$",
            "^changed: schema app, was owner (\\S+), privileges .*, is owner \\1, privileges ",
            "(?s)^changed: function \\S+, was owner (\\S+), privileges \\S*, (CREATE .*), is owner \\1, privileges \\S*, \\2$",
            "^(new|gone|changed): default privileges of course_owner ");
        ends("The owner", clone.owner(), "accepted", "Owners have all privileges until they give them up.",
            "select * from app.customer_list", "delete from app.audit", "update app.customers set card = null", "select app.wipe()",
            "create table app.more (id int)", "select nextval('app.orders_id_seq')", "truncate app.orders");
    }

    /** As which name it is held does not matter here: by the app's own, or by everybody's. */
    private static void hasNot(Clone clone, String table, String... privileges) throws SQLException {
        Expect.equal("What else the app may with " + table, List.of(), Sql.query(clone.owner(), """
            select distinct lower(privilege_type) from (
              select oid as class, relacl as acl from pg_class union all select attrelid, attacl from pg_attribute) lists, aclexplode(acl)
            where class = ?::regclass and grantee in (0, 'course_app'::regrole) and lower(privilege_type) = any (string_to_array(?, ','))
            order by 1""", table, String.join(",", privileges)).values(), "It need not do that.");
    }

    private static void works(Clone clone, String... statements) throws SQLException {
        ends("The app", clone.app(), "accepted", "That is its work.", statements);
    }

    private static void refused(Clone clone, String... statements) throws SQLException {
        ends("The app", clone.app(), REFUSED, "It need not do that. Which privilege lets it, and who has that?", statements);
    }

    /** Each in a transaction of its own, which is rolled back. */
    private static void ends(String who, Login login, String end, String lookAt, String... statements) throws SQLException {
        try (var connection = Sql.connect(login)) {
            connection.setAutoCommit(false);
            for (var sql : statements) {
                Expect.equal(who + ": " + sql, end, outcome(connection, sql), lookAt);
                connection.rollback();
            }
        }
    }

    private static String outcome(Connection connection, String sql) {
        try {
            Sql.execute(connection, sql);
            return "accepted";
        } catch (SQLException e) {
            return e.getSQLState().equals("42501") ? REFUSED : "SQLSTATE " + e.getSQLState() + ", " + e.getMessage();
        }
    }
}

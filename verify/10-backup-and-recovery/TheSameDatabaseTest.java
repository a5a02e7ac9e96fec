import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.*;

/** Judges 10.4 by what changes in its result when something changes in the database, one thing at a time, and taken back again. */
class TheSameDatabaseTest {
    private Connection owner;
    private String query;

    @BeforeEach void begin(Clone clone, Answer answer) throws SQLException {
        owner = Sql.connect(clone.owner());
        owner.setAutoCommit(false);
        Sql.execute(owner, "set statement_timeout = '5s'");
        query = answer.text("facts.sql").strip();
        while (query.endsWith(";")) {
            query = query.substring(0, query.length() - 1).strip();
        }
    }

    @AfterEach void end() throws SQLException {
        owner.rollback();
        owner.close();
    }

    /** All rows as text, sorted. */
    private List<String> facts() throws SQLException {
        try (var statement = owner.createStatement(); var result = statement.executeQuery(query)) {
            var facts = new ArrayList<String>();
            while (result.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                facts.add(row.toString());
            }
            Collections.sort(facts);
            return facts;
        }
    }

    private void differs(String what, String change, String lookAt) throws SQLException {
        var before = facts();
        var savepoint = owner.setSavepoint();
        Sql.execute(owner, change);
        var after = facts();
        owner.rollback(savepoint);
        Expect.that(what, !before.equals(after), "other facts than before", "the same " + before.size() + " facts", lookAt + " It was: " + change);
    }

    private void same(String what, String change, String lookAt) throws SQLException {
        var before = facts();
        var savepoint = owner.setSavepoint();
        Sql.execute(owner, change);
        var after = facts();
        owner.rollback(savepoint);
        var gone = new ArrayList<>(before);
        gone.removeAll(after);
        var come = new ArrayList<>(after);
        come.removeAll(before);
        Expect.that(what, before.equals(after), "the same facts", "in place of " + gone + " there is " + come, lookAt + " It was: " + change);
    }

    @Test @Promises("rows") @DisplayName("a row that is missing, or there once more, is seen in every table")
    void rows() throws SQLException {
        Expect.that("The facts", !facts().isEmpty(), "at least one row", "none", "What does the query give?");
        Sql.execute(owner, "delete from app.orders where customer = 2");
        differs("Without one of the customers", "delete from app.customers where id = 2", "Which table is it about?");
        differs("Without one of the orders", "delete from app.orders where id = 4", "Which table is it about?");
        differs("Without one of the lines of the log", "delete from app.log where line = 'first'", "Which table is it about?");
        differs("With one more order", "insert into app.orders overriding system value values (77, 1, 5)", "Which table is it about?");
        differs("With a line of the log once more", "insert into app.log values ('first')", "The table has no key.");
        differs("With two equal lines of the log in place of three", "delete from app.log where ctid = (select min(ctid) from app.log where line = 'again')",
            "The table has no key.");
        differs("Without the line that is null", "delete from app.log where line is null", "The table has no key.");
    }

    @Test @Needs("rows") @Hint(2) @Promises("values") @DisplayName("a value that is another one is seen")
    void values() throws SQLException {
        Sql.execute(owner, "alter table app.orders disable trigger orders_log");
        differs("Another e-mail", "update app.customers set email = 'x@example.com' where id = 1", "What of a row is in the facts?");
        differs("Two amounts that have changed places", "update app.orders set amount = 30 - amount where id in (1, 2)", "A sum is the same in the end.");
        differs("The empty text in place of null", "update app.customers set note = '' where id = 1", "They are not the same.");
        differs("Null in place of the empty text", "update app.customers set note = null where id = 2", "They are not the same.");
        differs("Two notes that have changed places", "update app.customers set note = case id when 1 then '' end where id in (1, 2)", "To whom does a value belong?");
        differs("An order of another customer", "update app.orders set customer = 2 where id = 1", "What of a row is in the facts?");
    }

    @Test @Needs("values") @Hint(1) @Promises("equal") @DisplayName("where and in what order rows lie makes no difference")
    void equal() throws SQLException {
        Expect.equal("Asked twice", facts(), facts(), "What has changed?");
        same("All customers written anew", "update app.customers set note = note", "Only the places are others.");
        var lines = "create temp table kept on commit drop as select line from app.log; ";
        same("The lines of the log in another order, and their table another object",
            lines + "drop table app.log; create table app.log (line text); insert into app.log select line from kept order by line nulls first",
            "Only the places are others.");
        same("An index made again", "drop index app.orders_large; create index orders_large on app.orders (customer) where amount > 100",
            "Only its object id is another one.");
        same("A constraint made again", "alter table app.orders drop constraint orders_customer_fkey; "
            + "alter table app.orders add constraint orders_customer_fkey foreign key (customer) references app.customers", "Only its object id is another one.");
        same("A column that came and went", "alter table app.log add passing int default 1; alter table app.log drop passing",
            "The copy knows nothing of it.");
        Sql.execute(owner, "create schema elsewhere; create table elsewhere.log (id int default 1, line text)");
        same("A table of another schema", "create table elsewhere.mine (id int primary key default 7, name text check (name > 'a'))", "It is about the schema app.");
        same("A trigger of another schema", "create trigger mine after insert on elsewhere.log for each row execute function app.keep()", "It is about the schema app.");
        same("A default of another schema", "alter table elsewhere.log alter id set default 2", "It is about the schema app.");
    }

    @Test @Needs("equal") @Hint(1) @Promises("rules") @DisplayName("a rule that is missing or different is seen")
    void rules() throws SQLException {
        var look = "What of the catalog is in the facts?";
        differs("A check less", "alter table app.orders drop constraint orders_amount_check", look);
        differs("Another check of the same name", "alter table app.orders drop constraint orders_amount_check; "
            + "alter table app.orders add constraint orders_amount_check check (amount > 1)", look);
        differs("A check under another name", "alter table app.orders rename constraint orders_amount_check to positive", look);
        differs("A foreign key that cascades", "alter table app.orders drop constraint orders_customer_fkey; "
            + "alter table app.orders add constraint orders_customer_fkey foreign key (customer) references app.customers on delete cascade", look);
        differs("A foreign key that was never checked", "alter table app.orders drop constraint orders_customer_fkey; "
            + "alter table app.orders add constraint orders_customer_fkey foreign key (customer) references app.customers not valid", look);
        differs("A unique constraint less", "alter table app.customers drop constraint customers_email_key", look);
        differs("A column that may be null", "alter table app.customers alter email drop not null", look);
        differs("A default less", "alter table app.customers alter note drop default", look);
        differs("Another default", "alter table app.customers alter note set default 'old'", look);
        differs("A wider type", "alter table app.orders alter amount type numeric(12, 2)", look);
        differs("An array of other numbers", "alter table app.kinds alter many type bigint[]", look);
        differs("A moment with thousandths", "alter table app.kinds alter at type timestamptz(3)", look);
        differs("Another enum", "alter table app.kinds alter size type app.width using size::text::app.width", look);
        differs("A column under another name", "alter table app.log rename line to text", look);
        differs("A column that is no identity any more", "alter table app.orders alter id drop identity", look);
        differs("An index less", "drop index app.orders_large", look);
        differs("Another condition of an index", "drop index app.orders_large; create index orders_large on app.orders (customer) where amount > 101", look);
        differs("A trigger less", "drop trigger orders_log on app.orders", look);
        differs("A trigger that is disabled", "alter table app.orders disable trigger orders_log", look);
        differs("A trigger of other events", "drop trigger orders_log on app.orders; "
            + "create trigger orders_log after insert on app.orders for each row execute function app.keep()", look);
    }

    @Test @Needs("equal") @Promises({"sequences", "equal"}) @DisplayName("a sequence that stands somewhere else is seen")
    void sequences() throws SQLException {
        var orders = facts();
        Sql.execute(owner, "select setval('app.orders_id_seq', 1000)");
        var after = facts();
        Sql.execute(owner, "select setval('app.orders_id_seq', 4)");
        Expect.that("The sequence of the orders at 1000", !orders.equals(after), "other facts than before", "the same " + after.size() + " facts",
            "The next id depends on it.");
        Sql.execute(owner, "select setval('app.orders_id_seq', 999); select nextval('app.orders_id_seq')");
        var counted = facts();
        Sql.execute(owner, "select setval('app.orders_id_seq', 4)");
        Expect.equal("The facts where the sequence of the orders was set to 1000, and where it has counted to 1000", after, counted,
            "A copy gives out the same numbers. What else does a sequence keep?");
        var savepoint = owner.setSavepoint();
        Sql.execute(owner, "create sequence app.tickets; select setval('app.tickets', 7)");
        var seven = facts();
        Sql.execute(owner, "select setval('app.tickets', 8)");
        var eight = facts();
        Sql.execute(owner, "select setval('app.tickets', 8, false)");
        var eightIsNext = facts();
        Expect.that("A sequence of no table, of which 8 is the last number, or the next one", !eightIsNext.equals(eight), "other facts",
            "the same " + eight.size() + " facts", "What will nextval give?");
        Sql.execute(owner, "create sequence app.fresh");
        differs("A sequence that was never used, and set to 1000", "alter sequence app.fresh restart with 1000", "What will nextval give?");
        owner.rollback(savepoint);
        Expect.that("A sequence of no table, at 7 and at 8", !seven.equals(eight), "other facts", "the same " + seven.size() + " facts", "Which sequences are asked?");
        Sql.execute(owner, "create schema elsewhere; create sequence elsewhere.tickets");
        same("A sequence of another schema", "select setval('elsewhere.tickets', 9)", "It is about the schema app.");
    }

    @Test @Needs({"rules", "sequences"}) @Hint(2) @Promises("new-tables") @DisplayName("tables that came later are seen, whatever their names are")
    void newTables() throws SQLException {
        for (var name : List.of("app.later", "app.\"Order lines\"", "app.\"user\"", "app.\"it's \"\"mine\"\"\"")) {
            var savepoint = owner.setSavepoint();
            Sql.execute(owner, "create table " + name + " (id int, name text); insert into " + name + " values (1, 'a'), (2, 'b')");
            Expect.works("The query where there is a table " + name, this::facts, "How is a name written that is no plain word?");
            differs("The table " + name + " less", "drop table " + name, "Which tables are asked?");
            differs("A row of " + name + " less", "delete from " + name + " where id = 1", "Which tables are asked?");
            differs("Another value in " + name, "update " + name + " set name = 'c' where id = 1", "Which tables are asked?");
            differs("A column of " + name + " less", "alter table " + name + " drop column name", "Which tables are asked?");
            owner.rollback(savepoint);
        }
        Sql.execute(owner, "create table app.readings (t int, r int, x int, tab int, tbl int, rec int, data int, \"row\" int, amount int); "
            + "insert into app.readings values (1, 1, 1, 1, 1, 1, 1, 1, 5)");
        differs("An amount in a table with columns t, r, x, tab, tbl, rec, data, row", "update app.readings set amount = 6", "A name may be a table's or a column's.");
        Sql.execute(owner, "create table app.parts (year int, amount int) partition by list (year); create table app.parts2026 partition of app.parts for values in (2026); "
            + "insert into app.parts values (2026, 5)");
        differs("A row of a partition", "update app.parts set amount = 6", "Which tables have rows of their own?");
        differs("Another default of the partitioned table alone", "alter table only app.parts alter amount set default 5", "Which kinds of tables have columns?");
        Sql.execute(owner, "create table app.empty_parts (year int, amount int) partition by range (year)");
        differs("Another type in a table that has no partition yet", "alter table app.empty_parts alter amount type bigint", "Which kinds of tables have columns?");
        Sql.execute(owner, "create table app.single (n int default 1); create table app.pairs (a int default 1, b int default 2)");
        differs("Another default of the only column", "alter table app.single alter n set default 2", "Which default belongs to which column?");
        differs("Two defaults that have changed places", "alter table app.pairs alter a set default 2, alter b set default 1", "Which default belongs to which column?");
    }

    @Test @Needs("values") @Hint(2) @Promises({"values", "new-tables"}) @DisplayName("null in json is a value, and no null")
    void nullInJson() throws SQLException {
        Sql.execute(owner, "create table app.documents (id int primary key, body jsonb, line json); insert into app.documents values (1, null, '{\"a\": 1}')");
        differs("The json value null in place of null", "update app.documents set body = 'null' where id = 1", "What of a row is in the facts?");
        differs("A json text with the same key twice", "update app.documents set line = '{\"a\": 0, \"a\": 1}' where id = 1", "What of a row is in the facts?");
    }
}

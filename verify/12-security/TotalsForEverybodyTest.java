import grading.*;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.*;

/** Asks for totals as the app does, then as an attacker does, with all that the app may create. */
class TotalsForEverybodyTest {
    private static final List<String> COLUMNS = List.of("product", "city", "status");
    private static final String MAY_READ = "select has_table_privilege('course_app', 'app.sales', 'select')::text";
    private static CatalogSnapshot before;
    private Connection app;

    @BeforeEach void connect(Clone clone) throws SQLException {
        app = Sql.connect(clone.app());
    }

    @AfterEach void close() throws SQLException {
        app.close();
    }

    @Test @Hint(2) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        var random = RandomData.create();
        try (var owner = Sql.connect(clone.owner());
             var insert = owner.prepareStatement("insert into app.sales (product, city, status, amount, buyer) values (?, ?, ?, ?, 'somebody')")) {
            for (int i = 0; i < 200; i++) {
                insert.setString(1, random.word(random.number(1, 3)));
                insert.setString(2, random.oneOf(List.of("Bern", "Oslo", "Rome", "Lima", "Ürümqi")));
                insert.setString(3, random.oneOf(List.of("paid", "open", "sent")));
                insert.setBigDecimal(4, BigDecimal.valueOf(random.number(-500, 5000), 2));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        before = CatalogSnapshot.withRows(clone);
        AnswerMigrations.run(clone, answer);
    }

    @Test @Needs("runs") @Hint(2) @Promises("groups") @DisplayName("each value has its sum")
    void groups(Clone clone) throws SQLException {
        for (var by : COLUMNS) {
            Expect.table("app.totals('" + by + "', 'what', null)", expected(clone, by, "what", null), given(app, by, "what", null), "Which column is summed for which?");
        }
    }

    @Test @Needs("groups") @Hint(2) @Promises("sorted") @DisplayName("they come in the order that was asked for")
    void sorted(Clone clone) throws SQLException {
        Sql.execute(clone.owner(), "insert into app.sales (product, city, status, amount, buyer) values ('a equal', 'x', 'y', 99999, 'z'), ('b equal', 'x', 'y', 99999, 'z'), ('A equal', 'x', 'y', 99999, 'z')");
        for (var by : COLUMNS) {
            for (var sort : List.of("what", "total")) {
                Expect.tableInOrder("app.totals('" + by + "', '" + sort + "', null), in order", expected(clone, by, sort, null), given(app, by, sort, null),
                    "By what, or the greatest total first, and equal ones by what.");
            }
        }
        Sql.execute(clone.owner(), "delete from app.sales where city = 'x'");
    }

    @Test @Needs("groups") @Hint(2) @Promises("search") @DisplayName("a search finds what was typed")
    void searches(Clone clone) throws SQLException {
        for (var text : Arrays.asList("pen", "a", "A", "%", "_", "lamp", "p%n", "Lima", "", " ", ".", "zzz", null)) {
            Expect.table("app.totals('product', 'what', " + (text == null ? "null" : "'" + text + "'") + ")", expected(clone, "product", "what", text),
                given(app, "product", "what", text), "As it was typed, anywhere in the value; nothing typed is no search.");
        }
        Expect.table("app.totals('city', 'total', 'Ü')", expected(clone, "city", "total", "Ü"), given(app, "city", "total", "Ü"), "It is the value of the column that is searched.");
    }

    @Test @Needs("runs") @Hint(2) @Promises("refused") @DisplayName("other columns and orders are refused")
    void refuses(Clone clone) throws SQLException {
        for (var by : Arrays.asList("buyer", "amount", "id", "Product", " product", "product ", "", null, "1", "product, buyer", "\"product\"")) {
            Expect.sqlState("app.totals(" + shown(by) + ", 'what', null)", "22023", () -> totals(app, by, "what", null), "Three words are allowed, and each of them is known.");
        }
        for (var sort : Arrays.asList("what desc", "1", "2", "buyer", "TOTAL", "", null, "total, what", "amount")) {
            Expect.sqlState("app.totals('city', " + shown(sort) + ", null)", "22023", () -> totals(app, "city", sort, null), "Two words are allowed, and each of them is known.");
        }
    }

    @Test @Needs({"searches", "refuses"}) @Hint(1) @Promises("no-way-in") @DisplayName("nothing that is passed becomes SQL")
    void noWayIn(Clone clone) throws SQLException {
        for (var text : List.of("O'N", "'", "\\", "back\\s", "' union select buyer, 1 from app.sales --", "%' union select buyer, 1 from app.sales --", "'' or true --", "$1", "$$ or true $$",
                "\\' or true --", "' || (select min(buyer) from app.sales) || '", "'; delete from app.sales; --", "%", "pen' or product like 'b")) {
            Expect.table("app.totals('product', 'what', '" + text + "')", expected(clone, "product", "what", text), given(app, "product", "what", text), "It was read as SQL.");
        }
        for (var by : List.of("product from app.sales union select buyer", "(select min(buyer) from app.sales)", "product/**/", "case when true then buyer end")) {
            Expect.sqlState("app.totals('" + by + "', 'what', null)", "22023", () -> totals(app, by, "what", null), "It was read as SQL.");
            Expect.sqlState("app.totals('product', '" + by + "', null)", "22023", () -> totals(app, "product", by, null), "It was read as SQL.");
        }
    }

    @Test @Needs("groups") @Hint(1) @Promises("not-turned") @DisplayName("what the caller has created changes nothing")
    void notTurned(Clone clone) throws SQLException {
        var mayRead = Sql.text(clone.owner(), MAY_READ);
        var honest = expected(clone, "city", "total", "e");
        Sql.execute(app, """
            create table playground.sales (like pg_catalog.pg_class);
            create temp table sales (product text, city text, status text, amount numeric, buyer text);
            insert into sales values ('forged', 'forged', 'forged', 1, 'forged');
            grant select on sales to public;
            drop table playground.sales;
            create table playground.sales as select * from sales;
            grant select on playground.sales to public;
            create function playground.strpos(text, text) returns int language plpgsql as
              $$ begin execute 'grant select on app.sales to course_app'; return 1; end $$;
            create function playground.coalesced(text) returns text language sql as 'select $1';
            create function playground.steal(text, text) returns boolean language plpgsql as
              $$ begin execute 'grant select on app.sales to course_app'; return true; end $$;
            create operator playground.= (leftarg = text, rightarg = text, function = playground.steal);
            create operator playground.~~ (leftarg = text, rightarg = text, function = playground.steal);
            create operator playground.<> (leftarg = text, rightarg = text, function = playground.steal);
            create function playground.added(numeric, numeric) returns numeric language sql as 'select 42.0';
            create aggregate playground.sum(numeric) (sfunc = playground.added, stype = numeric, initcond = '0')""");
        for (var path : List.of("playground, pg_catalog, app", "pg_temp, playground, pg_catalog", "playground", "app, playground, pg_catalog")) {
            Sql.execute(app, "set search_path = " + path);
            Expect.table("app.totals('city', 'total', 'e'), called with search_path = " + path, honest, given(app, "city", "total", "e"),
                "Where does it look for its tables, functions and operators, and who says so?");
        }
        try (var other = Sql.connect(clone.app())) {
            for (var type : List.of("text", "varchar", "numeric", "bool", "int4", "int8", "name", "float8")) {
                Sql.execute(other, "create temp table \"" + type + "\" (x int)");
            }
            Expect.table("app.totals('city', 'total', 'e'), where the caller has temporary tables that are called text and numeric", honest, given(other, "city", "total", "e"),
                "A table is a type as well. Where does it look for types first, if nobody says otherwise?");
        }
        Expect.equal("Whether the app may read app.sales after it", mayRead, Sql.text(clone.owner(), MAY_READ),
            "Something of the caller's ran as the owner.");
        Sql.execute(clone.owner(), "drop schema playground cascade; create schema playground; grant usage, create on schema playground to course_app");
    }

    @Test @Needs("groups") @Hint(2) @Promises("called-by") @DisplayName("the app may call it, and not everybody")
    void calledBy(Clone clone) throws SQLException {
        Expect.equal("Who may call it, besides its owner", List.of(List.of("course_app")), Sql.query(clone.owner(), """
            select case grantee when 0 then 'everybody' else grantee::regrole::text end from pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
            where pronamespace = 'app'::regnamespace and proname = 'totals' and grantee <> proowner order by 1""").values(), "That everybody may call a function is built in.");
        for (var sql : List.of("select buyer from app.sales", "select count(*) from app.sales", "delete from app.sales", "create table app.mine (id int)")) {
            Expect.sqlState("The app: " + sql, "42501", () -> Sql.execute(clone.app(), sql), "It sees totals, by the function, and nothing else.");
        }
        Expect.equal("Other functions in the schema app that the app may call", List.of(), Sql.query(clone.owner(), """
            select proname::text from pg_proc where pronamespace = 'app'::regnamespace and proname <> 'totals' and has_function_privilege('course_app', oid, 'execute')""").values(),
            "A helper is a door, too.");
    }

    @Test @Needs({"sorted", "noWayIn", "notTurned", "calledBy"}) @Hint(1) @Promises("nothing-else") @DisplayName("nothing else has changed")
    void nothingElse(Clone clone) throws SQLException {
        Expect.nothingElseChanged("What is different after the migration, and should not be", before, CatalogSnapshot.withRows(clone),
            "The task asks for the function, and who may call it.", "(?s)^changed: function app\\.totals\\(text,text,text\\), was owner course_owner, .* is owner course_owner, ",
            "^changed: schema playground", "^new: function app\\.");
        Expect.equal("Parameters, result, as whom it runs", List.of(List.of("p_by text, p_sort text, p_search text", "TABLE(what text, total numeric)", true)), Sql.query(clone.owner(), """
            select pg_get_function_arguments(oid), pg_get_function_result(oid), prosecdef from pg_proc where oid = 'app.totals(text, text, text)'::regprocedure""").values(),
            "Programs call it as it is.");
    }

    /** Computed by the owner, of words that are ours. */
    private static Rows expected(Clone clone, String by, String sort, String search) throws SQLException {
        return Sql.query(clone.owner(), "select " + by + " as what, sum(amount) as total from app.sales where ?::text is null or strpos(" + by + ", ?) > 0 group by 1 order by "
            + (sort.equals("total") ? "2 desc, 1" : "1"), search, search);
    }

    /** What it gives; where it fails, a table that is called like the failure. */
    private static Rows given(Connection app, String by, String sort, String search) {
        try {
            return totals(app, by, sort, search);
        } catch (SQLException e) {
            return Rows.columns("SQLSTATE " + e.getSQLState() + ", " + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    private static Rows totals(Connection app, String by, String sort, String search) throws SQLException {
        return Rows.query(app, "select what, total from app.totals(?, ?, ?)", by, sort, search);
    }

    private static String shown(String text) {
        return text == null ? "null" : "'" + text + "'";
    }
}

import grading.*;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.*;

/** A schema with too many indexes. What an index does for rules, queries and deletes is tried; what is too much is in the catalog. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LessIsMoreTest {
    /** Whether an index begins with all columns of another one, of the same kind, on the same rows. */
    private static final String REDUNDANT = """
        select i.indexrelid::regclass::text as index, min(o.indexrelid::regclass::text) as does_it_as_well
        from pg_index i join pg_index o on o.indrelid = i.indrelid and o.indexrelid <> i.indexrelid
        where i.indrelid::regclass::text like 'app.%' and i.indisvalid and o.indisvalid
          and (o.indkey::text || ' ') like (i.indkey::text || ' %') and (o.indclass::text || ' ') like (i.indclass::text || ' %')
          and coalesce(pg_get_expr(i.indpred, i.indrelid), '') = coalesce(pg_get_expr(o.indpred, o.indrelid), '')
          and coalesce(pg_get_expr(i.indexprs, i.indrelid), '') = coalesce(pg_get_expr(o.indexprs, o.indrelid), '')
          and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u'))
          and (not i.indisunique or (o.indisunique and o.indkey::text = i.indkey::text))
        group by 1 order by 1""";

    /** The very index and the very file, which change when it is built anew. */
    private static final String BUILT = """
        select indexrelid::regclass::text, indexrelid::bigint, relfilenode::bigint from pg_index join pg_class c on c.oid = indexrelid
        where indrelid::regclass::text like 'app.%' order by 1""";
    private final Map<String, Long> pages = new LinkedHashMap<>();
    private CatalogSnapshot before;
    private CatalogSnapshot after;
    private List<List<Object>> built;

    @Test @Hint(1) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        before = CatalogSnapshot.withRows(clone);
        built = Sql.query(clone.owner(), BUILT).values();
        Sql.execute(clone.owner(), "vacuum analyze");
        var random = RandomData.create();
        var day = LocalDate.parse("2024-01-02").plusDays(random.number(0, 690));
        for (var where : List.of("accounts where email = 'a" + random.number(1, 3000) + "'", "invoices where account_id = " + random.number(1, 2000) + " order by number",
                "invoices where issued between '" + day + "' and '" + day.plusDays(random.number(0, 3)) + "'", "invoices where issued = '" + day + "' order by account_id limit 5",
                "invoices where not paid order by issued limit 10", "lines where invoice_id = " + random.number(1, 19000) + " order by position")) {
            pages.put("select * from app." + where, QueryPlan.of(clone.app(), "select * from app." + where).buffers());
        }
        AnswerMigrations.run(clone, answer);
        after = CatalogSnapshot.withRows(clone);
    }

    @Test @Needs("runs") @Hint(2) @Promises("rules") @DisplayName("each rule about the data holds")
    void rulesHold(Clone clone) {
        var refused = new LinkedHashMap<String, String>();
        refused.put("Another account with the id 1", "insert into app.accounts values (1, 'new', 'new')");
        refused.put("Another account with the same email", "insert into app.accounts values (9001, 'a1', 'new')");
        refused.put("Another account with the same login in capitals", "insert into app.accounts values (9001, 'new', 'LOGIN1')");
        refused.put("Another product with the id 1", "insert into app.products values (1, 'new')");
        refused.put("Another invoice with the id 1", "insert into app.invoices values (1, 1, 99999, now(), true)");
        refused.put("Another invoice of the account with the same number", "insert into app.invoices select 99999, account_id, number, issued, paid from app.invoices where id = 1");
        refused.put("Another line with the same position", "insert into app.lines select * from app.lines where invoice_id = 1");
        refused.forEach((what, sql) -> Expect.sqlState(what + " is refused", "23505", () -> Sql.execute(clone.app(), sql), "An index was the only one to know."));
        Expect.works("A deleted account with the same login", () -> Sql.execute(clone.app(), "insert into app.accounts values (9002, 'gone', 'LOGIN1', now())"),
            "Only living accounts are compared.");
        Expect.sqlState("An invoice of nobody is refused", "23503", () -> Sql.execute(clone.app(), "insert into app.invoices values (99998, 77777, 1, now(), true)"), "A foreign key is gone.");
        Expect.sqlState("A line of no invoice is refused", "23503", () -> Sql.execute(clone.app(), "insert into app.lines values (77777, 1, 1)"), "A foreign key is gone.");
        Expect.sqlState("A line of no product is refused", "23503", () -> Sql.execute(clone.app(), "insert into app.lines values (1, 77777, 77777)"), "A foreign key is gone.");
    }

    @Test @Needs("runs") @Hint(2) @Promises("reads") @DisplayName("the queries read few pages")
    void queriesUseIndexes(Clone clone) throws SQLException {
        for (var query : pages.entrySet()) {
            var plan = QueryPlan.of(clone.app(), query.getKey());
            var limit = query.getValue() + 6;
            Expect.that("Pages of: " + query.getKey(), plan.buffers() <= limit, "at most " + limit + ", before it was " + query.getValue(), plan, "Which index was made for it?");
        }
    }

    @Test @Needs("runs") @Hint(2) @Promises("reads") @DisplayName("a parent is deleted without reading the whole child table")
    void parentsAreDeletedCheaply(Clone clone) throws SQLException {
        for (var delete : List.of("app.invoices where id = 19500", "app.products where id = 2500", "app.accounts where id = 2500", "app.accounts where id = 77")) {
            try (var connection = Sql.connect(clone.app())) {
                connection.setAutoCommit(false);
                Sql.execute(connection, "delete from " + delete);
                var read = Rows.query(connection, "select relname::text, seq_tup_read from pg_stat_xact_user_tables where seq_tup_read > 0 and schemaname = 'app'");
                connection.rollback();
                Expect.equal("Rows read one by one to delete from " + delete, List.of(), read.values(), "A foreign key asks the child table. Which index answers?");
            }
        }
    }

    @Test @Needs("runs") @Hint(1) @Promises("no-duplicates") @DisplayName("no index does what another one does as well")
    void nothingIsRedundant(Clone clone) throws SQLException {
        Expect.table("Indexes that could go", Rows.columns("index", "does_it_as_well"), Sql.query(clone.owner(), REDUNDANT), "Every write pays for them.");
    }

    @Test @Needs("runs") @Hint(1) @Promises("nothing-new") @DisplayName("nothing was added, changed or built anew")
    void nothingIsAdded(Clone clone) throws SQLException {
        Expect.nothingElseChanged("What else is new, changed or gone", before, after, "Drop what is too much, and leave the rest as it is.",
            "gone: index app\\.(accounts_email|invoices_of_account|invoices_issued|lines_of_invoice|lines_positions|lines_invoice_id_position_key) ",
            "gone: constraint lines_invoice_id_position_key on app\\.lines ", "new: constraint \\w+ on app\\.lines \\(UNIQUE \\(invoice_id, \"position\"\\)\\)");
        var anew = Sql.query(clone.owner(), BUILT).values().stream().filter(index -> !built.stream().map(LessIsMoreTest::file).toList().contains(file(index)))
            .map(List::getFirst).toList();
        Expect.equal("Indexes that were built anew", List.of(), anew, "What stays, stays as it is: a large index takes hours.");
    }

    /** Of an index, whatever it is called: a constraint that is made of one may give it its own name. */
    private static List<Object> file(List<Object> index) {
        return index.subList(1, index.size());
    }
}

import grading.*;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.*;

/** Moves rows alone, beside a writer, and where it fails; counts what is where. */
class OutOfTheDefaultTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final String ALL = "select day, user_id, page, count(*) as times from app.visits group by 1, 2, 3";
    private static final String PARTITIONS = """
        select c.relname::text as partition, pg_get_expr(c.relpartbound, c.oid) as bounds from pg_inherits join pg_class c on c.oid = inhrelid
        where inhparent = 'app.visits'::regclass order by 1""";
    private static final String MISPLACED = """
        select count(*) from app.visits where (day >= '2026-01-01' and day < '2026-04-01') <> (tableoid = 'app.visits_2026_q1'::regclass)""";
    private static final String WAITING = """
        select count(*) from pg_stat_activity
        where datname = current_database() and usename = 'course_owner' and cardinality(pg_blocking_pids(pid)) > 0""";

    @Test @Hint(1) @Promises("moved") @DisplayName("the first quarter of 2026 is in a partition of its own")
    void moves(Clone clone, Answer answer) throws SQLException {
        var march = Sql.query(clone.app(), ALL + " having day >= '2026-01-01' and day < '2026-04-01'");
        AnswerMigrations.run(clone, answer);
        Expect.equal("Bounds of app.visits_2026_q1", "FOR VALUES FROM ('2026-01-01') TO ('2026-04-01')", Sql.text(clone.owner(),
            "select coalesce((select bounds from (" + PARTITIONS.replace("order by 1", "") + ") p where partition = 'visits_2026_q1'), 'no such partition')"), "January to March 2026.");
        Expect.table("The visits of January to March 2026", march, Sql.query(clone.app(), ALL + " having day >= '2026-01-01' and day < '2026-04-01'"), "Each as often as before.");
        Expect.equal("Visits in a partition that is not for their day", 0L, Sql.number(clone.owner(), MISPLACED), "Where do the first and the last day of the quarter belong?");
    }

    @Test @Fresh @Needs("moves") @Hint(1) @Promises("kept") @DisplayName("all else stays as it is")
    void keepsTheRest(Clone clone, Answer answer) throws SQLException {
        var visits = Sql.query(clone.app(), ALL);
        var before = CatalogSnapshot.of(clone);
        AnswerMigrations.run(clone, answer);
        Expect.table("All visits", visits, Sql.query(clone.app(), ALL), "Only the first quarter of 2026 was to go elsewhere.");
        Expect.equal("What app.visits_default is", "DEFAULT", Sql.text(clone.owner(),
            "select coalesce((select bounds from (" + PARTITIONS.replace("order by 1", "") + ") p where partition = 'visits_default'), 'no partition')"), "It comes back.");
        Expect.nothingElseChanged("What else is new, changed or gone", before, CatalogSnapshot.of(clone), "One partition comes.", "new: [^(]*visits_2026_q1");
    }

    @Test @Fresh @Needs("moves") @Hint(2) @Promises("none-lost") @DisplayName("what is written meanwhile is there once")
    void losesNone(Clone clone, Answer answer) throws Exception {
        try (var writer = Sql.connect(clone.app()); var observer = Sql.connect(clone.observer())) {
            writer.setAutoCommit(false);
            Sql.execute(writer, "insert into app.visits values ('2026-02-02', 42, '/meanwhile')");
            var migration = Task.start(() -> {
                AnswerMigrations.run(clone, answer);
                return true;
            });
            Task.until(PATIENCE, () -> migration.isDone() || ((Number) Rows.query(observer, WAITING).values().getFirst().getFirst()).longValue() > 0);
            var second = Task.start(() -> {
                Sql.execute(clone.app(), "insert into app.visits values ('2026-02-03', 43, '/meanwhile')");
                return true;
            });
            Task.until(Duration.ofMillis(100), second::isDone);
            writer.commit();
            Expect.that("The migration beside somebody who writes", migration.outcome(PATIENCE) instanceof Task.Outcome.Value, "it runs", migration.outcome(PATIENCE), "PostgreSQL's words name the file and its line.");
            Expect.that("A visit that is written while the migration waits", second.outcome(PATIENCE) instanceof Task.Outcome.Value, "written", second.outcome(PATIENCE), "Who waited finds its partition afterwards.");
        }
        Expect.table("Visits that were written meanwhile", Rows.columns("user_id", "times").row(42, 1L).row(43, 1L),
            Sql.query(clone.app(), "select user_id, count(*) as times from app.visits where page = '/meanwhile' group by 1"), "What does the copy not see, and the delete does?");
        Expect.equal("Visits in a partition that is not for their day", 0L, Sql.number(clone.owner(), MISPLACED), "Where did they go?");
    }

    @Test @Fresh @Needs("losesNone") @Hint(2) @Promises("none-lost") @DisplayName("who has read before writes as well")
    void letsReadersWrite(Clone clone, Answer answer) throws Exception {
        try (var reader = Sql.connect(clone.app()); var observer = Sql.connect(clone.observer())) {
            reader.setAutoCommit(false);
            Rows.query(reader, "select count(*) from app.visits");
            var migration = Task.start(() -> {
                AnswerMigrations.run(clone, answer);
                return true;
            });
            Task.until(PATIENCE, () -> migration.isDone() || ((Number) Rows.query(observer, WAITING).values().getFirst().getFirst()).longValue() > 0);
            Expect.works("A visit that is written, while the migration runs, by somebody who has read before",
                () -> Sql.execute(reader, "insert into app.visits values ('2026-02-04', 44, '/meanwhile')"), "Does the migration hold one lock while it waits for another?");
            reader.commit();
            Expect.that("The migration beside somebody who reads and writes", migration.outcome(PATIENCE) instanceof Task.Outcome.Value, "it runs", migration.outcome(PATIENCE), "Does it hold one lock while it waits for another?");
        }
        Expect.equal("Visits that were written by somebody who had read before", 1L, Sql.number(clone.app(), "select count(*) from app.visits where page = '/meanwhile'"), "Each as often as it was written.");
    }

    @Test @Fresh @Needs("moves") @Hint(2) @Promises("all-or-nothing") @DisplayName("where it fails, all is as it was")
    void allOrNothing(Clone clone, Answer answer) throws Exception {
        for (var fault : List.of(
                "create function app.fails() returns trigger language plpgsql as $$ begin raise exception 'no space left'; end $$; "
                    + "create trigger fails before delete on app.visits_default for each row execute function app.fails()",
                "drop trigger fails on app.visits_default; create table app.visits_2026_q1 (whose text)")) {
            Sql.script(clone.owner(), fault);
            var visits = Sql.query(clone.app(), ALL);
            var partitions = Sql.query(clone.owner(), PARTITIONS);
            var before = CatalogSnapshot.of(clone);
            try {
                AnswerMigrations.configure(clone, answer).load().migrate();
                return; // it found a way around; the other checks say what came of it
            } catch (RuntimeException e) {
                Expect.table("Partitions, when the migration has failed", partitions, Sql.query(clone.owner(), PARTITIONS), "All of it in one transaction, or nothing.");
                Expect.table("Visits, when the migration has failed", visits, Sql.query(clone.app(), ALL), "All of it in one transaction, or nothing.");
                Expect.nothingElseChanged("What is left behind, when the migration has failed", before, CatalogSnapshot.of(clone), "All of it in one transaction, or nothing.", "nothing at all may be");
            }
            Sql.execute(clone.owner(), "delete from flyway_schema_history where not success");
        }
    }
}

import grading.*;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;

/** Production, where the first two migrations ran yesterday as they were written then, and an empty database beside it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MendTheChecksumTest {
    private static final String V1 = """
        -- Who pays, and who is paid.
        create table app.accounts (
          id    bigint generated always as identity primary key,
          owner text not null
        );
        """;
    private static final String V2 = """
        create table app.payments (
          id           bigint generated always as identity primary key,
          from_account bigint not null references app.accounts,
          to_account   bigint not null references app.accounts,
          cents        bigint not null check (cents > 0)
        );
        """;
    private static final String HISTORY = "select * from flyway_schema_history order by installed_rank";
    private static final String YESTERDAY = "select * from flyway_schema_history where version in ('1', '2') order by installed_rank";
    private static final String ACCOUNTS = "select id, owner from app.accounts order by id";
    private static final String PAYMENTS = "select * from app.payments order by id";

    private Rows accounts;
    private Rows payments;
    private Rows history;
    private CatalogSnapshot before;
    private CatalogSnapshot production;

    /** The service starts: a process of its own, which knows nothing of the starts before. */
    static class Start implements Consumer<FluentConfiguration> {
        @Override public void accept(FluentConfiguration flyway) {
            try {
                new Deployment().deploy(flyway);
            } catch (Exception e) {
                throw Faults.sneak(e);
            }
        }
    }

    @Test @Hint(1) @Promises("deploys") @DisplayName("the deployment runs in production")
    void deploys(Clone clone, Answer answer, @TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("V1__accounts.sql"), V1);
        Files.writeString(folder.resolve("V2__payments.sql"), V2);
        configuration(clone, folder).load().migrate();
        Sql.execute(clone.app(), "insert into app.accounts (owner) values ('Ann'), ('Bob'), ('Eve'), (''), ('EUR'); delete from app.accounts where owner = 'Bob'");
        Sql.execute(clone.app(), "insert into app.payments (from_account, to_account, cents) values (1, 3, 1), (3, 1, 9000000000)");
        accounts = Sql.query(clone.owner(), ACCOUNTS);
        payments = Sql.query(clone.owner(), PAYMENTS);
        history = Sql.query(clone.owner(), YESTERDAY);
        before = CatalogSnapshot.of(clone);
        Expect.works("The deployment in production", () -> start(clone, answer.folder()), "What did the files say yesterday, and what do they say today?");
        production = CatalogSnapshot.of(clone);
    }

    @Test @Needs("deploys") @Hint(1) @Promises("all-there") @DisplayName("all accounts and payments are still there")
    void keepsRows(Clone clone) throws SQLException {
        Expect.tableInOrder("The accounts in production", accounts, Sql.query(clone.owner(), ACCOUNTS), "What did the deployment throw away?");
        Expect.tableInOrder("The payments in production", payments, Sql.query(clone.owner(), PAYMENTS), "What did the deployment throw away?");
    }

    @Test @Needs("deploys") @Hint(2) @Promises("all-there") @DisplayName("the history of yesterday is still there")
    void keepsHistory(Clone clone) throws SQLException {
        Expect.tableInOrder("What the history says of V1 and V2", history, Sql.query(clone.owner(), YESTERDAY),
            "flyway_schema_history is Flyway's memory of what ran, by its checksum. Who writes another one over it?");
    }

    @Test @Needs("deploys") @Hint(1) @Promises("same-tables") @DisplayName("accounts have a currency in production, and nothing else is new")
    void hasCurrency(Clone clone) throws SQLException {
        Expect.table("The column currency of app.accounts in production", Rows.columns("type", "not null", "default").row("text", true, "'EUR'::text"), Sql.query(clone.owner(), """
            select format_type(atttypid, atttypmod) as type, attnotnull as "not null", pg_get_expr(adbin, adrelid) as "default"
            from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum where attrelid = 'app.accounts'::regclass and attname = 'currency'"""),
            "V1 has run and will not run again. Which file brings the column to production?");
        Expect.nothingElseChanged("What is new in production besides the column", before, production, "One column was asked for.", "^new: column app\\.accounts\\.currency ");
        Sql.execute(clone.app(), "insert into app.accounts (owner) values ('Dan')");
        Expect.table("Currencies of all accounts", Rows.columns("currency").row("EUR"), Sql.query(clone.app(), "select distinct currency from app.accounts"), "Old accounts and new ones.");
    }

    @Test @Needs("deploys") @Hint(1) @Promises("again-nothing") @DisplayName("started again, it does nothing")
    void doesNothingAgain(Clone clone, Answer answer) throws SQLException {
        var was = CatalogSnapshot.withRows(clone);
        var ran = Sql.query(clone.owner(), HISTORY);
        try (var busy = Sql.connect(clone.owner())) {
            busy.setAutoCommit(false);
            Sql.execute(busy, "lock table app.accounts, app.payments in access exclusive mode");
            for (var start : List.of("The deployment in production, started once more", "The deployment in production, started a third time")) {
                Expect.works(start + ", while somebody has locked the tables", () -> start(clone, answer.folder()), "All is done. What is left to do at every start?");
            }
            busy.rollback();
        }
        Expect.nothingElseChanged("What has changed after the deployment was started again", was, CatalogSnapshot.withRows(clone), "All was done before.");
        Expect.tableInOrder("The history after the deployment was started again", ran, Sql.query(clone.owner(), HISTORY), "All was done before.");
    }

    @Test @Needs("deploys") @Hint(1) @Promises("alarm") @DisplayName("the next edit of a migration that has run is noticed again")
    void noticesTheNextEdit(Clone clone, Answer answer, @TempDir Path folder) throws Exception {
        var was = CatalogSnapshot.withRows(clone);
        var ran = Sql.query(clone.owner(), HISTORY);
        for (var edited : answer.files().stream().map(file -> file.getFileName().toString()).filter(name -> name.matches("V.*\\.sql")).toList()) {
            for (var pending : List.of("", "V99__next.sql")) {
                var files = Files.createDirectory(folder.resolve(edited + pending + ".d"));
                copy(answer, files);
                Files.writeString(files.resolve(edited), edited.startsWith("V2_") ? V2.replace("cents > 0", "cents >= 0") : answer.text(edited) + "-- A comment more.\n");
                if (!pending.isEmpty()) {
                    Files.writeString(files.resolve(pending), "create table app.next ();");
                }
                expectStop("After somebody edited " + edited + (pending.isEmpty() ? "" : ", and wrote " + pending + " besides") + ", the deployment stops", clone, files);
            }
        }
        Expect.nothingElseChanged("What has changed after the deployments that stopped", was, CatalogSnapshot.withRows(clone), "Validate first, then migrate.");
        Expect.tableInOrder("The history after the deployments that stopped", ran, Sql.query(clone.owner(), HISTORY), "Who writes to it, and when?");
    }

    @Test @Needs("noticesTheNextEdit") @Hint(1) @Promises("alarm") @DisplayName("also where another migration has failed and waits to be mended")
    void noticesItBesideAFailure(Clone clone, Answer answer, @TempDir Path folder) throws Exception {
        Sql.execute(clone.owner(), """
            insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
            select max(installed_rank) + 1, '99', 'next', 'SQL', 'V99__next.sql', 1, current_user, 5, false from flyway_schema_history""");
        var ran = Sql.query(clone.owner(), HISTORY);
        copy(answer, folder);
        Files.writeString(folder.resolve("V99__next.sql"), "create table app.next ();");
        Files.writeString(folder.resolve("V2__payments.sql"), V2 + "-- A comment more.\n");
        expectStop("After V99__next.sql failed, and somebody edited V2__payments.sql, the deployment stops", clone, folder);
        Expect.tableInOrder("The history after the deployment that stopped", ran, Sql.query(clone.owner(), HISTORY), "Who writes to it, and when?");
    }

    @Test @Fresh @Needs("deploys") @Hint(1) @Promises({"deploys", "again-nothing", "same-tables", "alarm"}) @DisplayName("an empty database gets the same tables, does not need them twice, and notices an edit as well")
    void sameFromNothing(Clone empty, Answer answer, @TempDir Path folder) throws Exception {
        Expect.works("The deployment on an empty database", () -> start(empty, answer.folder()), "All files run there, in order.");
        Expect.nothingElseChanged("What an empty database has after the deployment, and production has otherwise", production, CatalogSnapshot.of(empty), "All files run there, one after the other.");
        Expect.works("The deployment on that database, started once more", () -> start(empty, answer.folder()), "All is done. What is left to do at every start?");
        copy(answer, folder);
        Files.writeString(folder.resolve("V2__payments.sql"), V2.replace("cents > 0", "cents >= 0"));
        expectStop("After somebody edited V2__payments.sql, the deployment on the database that was empty stops", empty, folder);
    }

    private static void expectStop(String what, Clone clone, Path files) {
        try {
            start(clone, files);
        } catch (Exception stopped) {
            var noticed = Stream.iterate((Throwable) stopped, failure -> failure != null, Throwable::getCause).limit(20).anyMatch(FlywayValidateException.class::isInstance);
            Expect.that(what, noticed, "a FlywayValidateException", stopped, "Whoever switches the alarm off, or repairs by himself, will not hear it tomorrow.");
            return;
        }
        Expect.that(what, false, "a FlywayValidateException", "no error at all", "Whoever switches the alarm off, or repairs by himself, will not hear it tomorrow.");
    }

    private static void start(Clone clone, Path folder) {
        OtherProcess.start(Start.class, Consumer.class).accept(configuration(clone, folder));
    }

    /** Connections of it give up waiting for a lock, so that a verdict does not. */
    private static FluentConfiguration configuration(Clone clone, Path folder) {
        var url = clone.owner().url();
        return Flyway.configure().dataSource(url + (url.contains("?") ? "&" : "?") + "options=-c%20lock_timeout=1s", clone.owner().user(), clone.owner().password())
            .locations("filesystem:" + folder);
    }

    private static void copy(Answer answer, Path folder) throws IOException {
        for (var file : answer.files()) {
            Files.copy(file, folder.resolve(file.getFileName().toString()));
        }
    }
}

package kernel.sql;

import static kernel.sql.Seen.cell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kernel.Output;
import kernel.cell.Cell;
import kernel.cell.Ending;
import kernel.sql.SessionState.Transaction;
import lab.Database;
import lab.Lab;
import lab.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Cells on their sessions: order, transactions, failures, stops and losses. */
class SqlKernelTest {
    private static final long PATIENCE_S = 20;
    private static Lab lab;
    private final SqlKernel kernel = new SqlKernel(lab.lessonDatabase(), Variables.NONE, Results.NOWHERE);
    private final Seen seen = new Seen();

    @BeforeAll static void open() {
        lab = Lab.open("embedded", Progress.SILENT);
    }

    @AfterAll static void shut() {
        lab.close();
    }

    @AfterEach void end() {
        kernel.close();
    }

    private Ending run(String source) {
        return kernel.run(cell(source), seen);
    }

    private Ending runAs(String role, String session, String source) {
        return kernel.run(cell(role, session, source), seen);
    }

    private CompletableFuture<Ending> start(String role, String session, String source) {
        return CompletableFuture.supplyAsync(() -> runAs(role, session, source), Thread.ofVirtual()::start);
    }

    private void awaitActive(String part) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        var onlooker = new Seen();
        do {
            kernel.run(cell("admin", "onlooker", "select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like '%"
                + part.replace("'", "''") + "%'"), onlooker);
        } while (onlooker.value().equals("0") && System.nanoTime() < end);
        assertEquals("1", onlooker.value(), "runs: " + part);
    }

    private static void assertStopped(CompletableFuture<Ending> running) throws Exception {
        assertInstanceOf(Ending.Stopped.class, running.get(PATIENCE_S, TimeUnit.SECONDS));
    }

    @Test void statementsShowWhatTheyGiveInTheirOrder() {
        var ending = runAs("owner", "", """
            create table notes (id int, body text); -- a table; with a semicolon
            insert into notes values (1, 'a;b'), (2, $x$c;d$x$);
            do $$ begin raise notice 'half; way'; raise warning 'careful'; end $$;
            select body from notes order by id;
            drop table notes""");
        assertInstanceOf(Ending.Done.class, ending);
        assertEquals(List.of("text", "log[server]", "log[server]", "table[body]"), seen.shapes());
        assertEquals(new Output.Log("server", List.of("NOTICE: half; way")), seen.outputs.get(1));
        assertEquals(new Output.Log("server", List.of("WARNING: careful")), seen.outputs.get(2));
        assertEquals("CREATE TABLE\nDO\nDROP TABLE\n", seen.printed.toString());
    }

    @Test void aFailureEndsTheCellAndNamesItsLineAndPlace() {
        var ending = run("select 1;\n\n-- now\nselect 1 as a,\n       nothing;\nselect 2");
        assertEquals(new Ending.Failed(5), ending);
        assertEquals("42703", seen.failure().sqlState());
        assertEquals("nothing", seen.failure().statement().substring(seen.failure().position() - 1));
        assertEquals(List.of("table[?column?]", "failure[42703]"), seen.shapes());
    }

    @Test void theTransactionOfASessionIsVisibleAndEachHasItsOwn() {
        runAs("app", "A", "begin; select 1");
        runAs("app", "B", "begin; select 1/0");
        runAs("app", "", "select 1");
        assertEquals(List.of(Transaction.OPEN, Transaction.FAILED, Transaction.IDLE), kernel.sessions().stream().map(SessionState::transaction).toList());
        assertEquals(List.of("A", "B", ""), kernel.sessions().stream().map(SessionState::name).toList());
        assertTrue(seen.printed.toString().contains("accepts only rollback"), seen.printed.toString());
        runAs("app", "A", "commit");
        runAs("app", "B", "rollback");
        assertTrue(kernel.sessions().stream().allMatch(state -> state.transaction() == Transaction.IDLE));
    }

    @Test void settingsDoNotLeakBetweenCellsOfTheUsualConnectionButStayInANamedSession() {
        run("set work_mem = '5MB'; create temp table mine (id int)");
        run("show work_mem");
        assertEquals("4MB", seen.value());
        runAs("app", "A", "set work_mem = '5MB'");
        runAs("app", "A", "show work_mem");
        assertEquals("5MB", seen.value());
    }

    @Test void anOpenTransactionGoesOnInTheNextCell() {
        runAs("owner", "", "begin; create table half (id int)");
        runAs("owner", "", "select count(*) from half");
        assertEquals("0", seen.value());
        runAs("owner", "", "rollback");
        assertInstanceOf(Ending.Failed.class, runAs("owner", "", "select * from half"));
    }

    @Test void statementsThatMayNotRunInATransactionRun() {
        assertInstanceOf(Ending.Done.class, runAs("owner", "A", "select 1; create table v (id int); vacuum v; select 2; begin; select 3; commit; vacuum v; drop table v"));
    }

    @Test void theFailureThatALessonExpectsIsShownAndClaimed() {
        var asked = new Cell("refused", Cell.Language.SQL, "begin; create table mine (id int)", "app", "", "42501");
        assertInstanceOf(Ending.Done.class, kernel.run(asked, seen));
        assertEquals(List.of("failure[42501]", "claim[PostgreSQL refuses with SQLSTATE 42501]"), seen.shapes());
        assertInstanceOf(Ending.Done.class, run("select 1"), "nothing of it is left open");
    }

    @Test void aFailureThatDoesNotComeIsAFailure() {
        var ending = kernel.run(new Cell("refused", Cell.Language.SQL, "select 1", "app", "", "42501"), seen);
        assertInstanceOf(Ending.Failed.class, ending);
        assertTrue(seen.failure().message().contains("SQLSTATE 42501"), seen.failure().message());
    }

    @Test void aSleepAndALockWaitAreStoppedAndTheNextCellRuns() throws Exception {
        runAs("owner", "A", "create table locked (id int); begin; lock table locked");
        var sleeping = start("app", "", "select pg_sleep(600); select 'never'");
        var waiting = start("owner", "B", "select * from locked");
        awaitActive("pg_sleep(600)");
        awaitActive("select * from locked");
        kernel.cancel("");
        assertStopped(sleeping);
        kernel.cancel("B");
        assertStopped(waiting);
        assertEquals(List.of(), seen.outputs.stream().filter(Output.Failure.class::isInstance).toList());
        runAs("owner", "A", "rollback; drop table locked");
        assertInstanceOf(Ending.Done.class, run("select 1"));
    }

    @Test void cancelAllReachesAConnectionThatIsNotOurs() throws Exception {
        var elsewhere = CompletableFuture.supplyAsync(() -> {
            try (var connection = lab.lessonDatabase().app().connect(); var statement = connection.createStatement()) {
                return statement.execute("select pg_sleep(601)") ? "ran" : "";
            } catch (java.sql.SQLException e) {
                return e.getSQLState();
            }
        }, Thread.ofVirtual()::start);
        awaitActive("pg_sleep(601)");
        kernel.cancelAll();
        assertEquals("57014", elsewhere.get(PATIENCE_S, TimeUnit.SECONDS));
    }

    @Test void aTimeoutOfTheServerIsAFailureAndNoStop() {
        assertInstanceOf(Ending.Failed.class, run("set statement_timeout = 50; select pg_sleep(600)"));
        assertEquals("57014", seen.failure().sqlState());
    }

    @Test void aSessionThatTheServerEndsIsSaidToBeLostAndOpensAgain() {
        assertInstanceOf(Ending.Lost.class, runAs("admin", "A", "select pg_terminate_backend(pg_backend_pid())"));
        assertInstanceOf(Ending.Done.class, runAs("admin", "A", "select 1"));
    }

    @Test void aSessionThatWasLostBetweenTwoCellsOpensAgainAndSaysSo() {
        runAs("app", "A", "select 1");
        var pid = kernel.sessions().getFirst().pid();
        runAs("admin", "", "select pg_terminate_backend(" + pid + ", 5000)");
        assertInstanceOf(Ending.Done.class, runAs("app", "A", "select 2"));
        assertTrue(seen.printed.toString().contains("had closed session A (app)"), seen.printed.toString());
    }

    @Test void whatOnlyAClientCanDoIsRefusedWithAWayThatWorks() {
        assertEquals(new Ending.Failed(2), run("select 1;\n\\d users"));
        assertTrue(seen.failure().message().contains("shell cell"), seen.failure().message());
        assertInstanceOf(Ending.Failed.class, run("copy users from stdin"));
    }

    @Test void aQueryThatWouldFillTheDiskEndsWithAHint() {
        assertInstanceOf(Ending.Failed.class, runAs("admin", "A", "set temp_file_limit = '1MB'; select * from generate_series(1, 1e9)"));
        assertEquals("53400", seen.failure().sqlState());
        assertTrue(seen.failure().hint().contains("before it hands out the first row"), seen.failure().hint());
    }

    @Test void noticesComeWhileTheStatementRunsAndAFloodOfThemIsCut() throws Exception {
        var running = start("app", "", "do $$ begin raise notice 'begun'; perform pg_sleep(600); end $$");
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (seen.outputs.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertEquals(List.of(new Output.Log("server", List.of("NOTICE: begun"))), seen.outputs);
        kernel.cancel("", "app");
        assertStopped(running);
        run("do $$ begin for n in 1..5000 loop raise notice 'again'; end loop; end $$");
        assertEquals(1 + 100 + 1, seen.outputs.size());
        assertTrue(seen.outputs.getLast().toString().contains("only the first 100"), seen.outputs.getLast().toString());
    }

    @Test void aServerThatIsGoneIsSaidAndNothingHangs() {
        var elsewhere = new Database("gone", lab.lessonDatabase().admin().on("gone"), lab.lessonDatabase().owner().on("gone"), lab.lessonDatabase().app().on("gone"));
        try (var other = new SqlKernel(elsewhere, Variables.NONE, Results.NOWHERE)) {
            var ending = assertInstanceOf(Ending.Lost.class, other.run(cell("select 1"), seen));
            assertTrue(ending.why().contains("Reset the database"), ending.why());
            assertEquals(List.of(), other.sessions());
        }
    }

    @Test void theServerShowsTheNameOfASession() {
        runAs("app", "A", "select current_setting('application_name')");
        assertEquals("course: session A (app)", seen.value());
        assertEquals("A", SessionName.inApplication(seen.value()));
    }
}

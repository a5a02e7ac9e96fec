package kernel.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.util.List;
import kernel.cell.Cell;
import kernel.cell.CellResult;
import kernel.output.Output;
import kernel.sql.SessionState.Transaction;
import lab.Role;
import org.junit.jupiter.api.Test;

/** Cells on their sessions: order, transactions and failures. */
class SqlKernelTest extends LessonCells {
    @Test void statementsShowWhatTheyGiveInTheirOrder() {
        var cellResult = runAs(Role.OWNER, "", """
            create table notes (id int, body text); -- a table; with a semicolon
            insert into notes values (1, 'a;b'), (2, $x$c;d$x$);
            do $$ begin raise notice 'half; way'; raise warning 'careful'; end $$;
            select body from notes order by id;
            drop table notes""");
        assertInstanceOf(CellResult.Done.class, cellResult);
        assertEquals(List.of("text", "log[server]", "log[server]", "table[body]"), seen.shapes());
        assertEquals(new Output.Log("server", List.of("NOTICE: half; way")), seen.outputs.get(1));
        assertEquals(new Output.Log("server", List.of("WARNING: careful")), seen.outputs.get(2));
        assertEquals("CREATE TABLE\nDO\nDROP TABLE\n", seen.printed.toString());
    }

    @Test void whatIfExistsDidNotFindIsNoNews() {
        var cellResult = runAs(Role.OWNER, "", """
            drop table if exists twice; create table twice (id int);
            create table if not exists twice (id int); drop table twice;
            create schema if not exists public""");
        assertInstanceOf(CellResult.Done.class, cellResult);
        assertEquals(List.of(), seen.shapes());
    }

    @Test void aFailureEndsTheCellAndNamesItsLineAndPlace() {
        var cellResult = run("select 1;\n\n-- now\nselect 1 as a,\n       nothing;\nselect 2");
        assertEquals(new CellResult.Failed(5), cellResult);
        assertEquals("42703", seen.failure().sqlState());
        assertEquals("nothing", seen.failure().statement().substring(seen.failure().position() - 1));
        assertEquals(List.of("table[?column?]", "failure[42703]"), seen.shapes());
    }

    @Test void theTransactionOfASessionIsVisibleAndEachHasItsOwn() {
        runAs(Role.APP, "A", "begin; select 1");
        runAs(Role.APP, "B", "begin; select 1/0");
        runAs(Role.APP, "", "select 1");
        assertEquals(List.of(Transaction.OPEN, Transaction.FAILED, Transaction.IDLE), kernel.sessions().stream().map(SessionState::transaction).toList());
        assertEquals(List.of("A", "B", ""), kernel.sessions().stream().map(SessionState::name).toList());
        assertTrue(seen.printed.toString().contains("accepts only rollback"), seen.printed.toString());
        runAs(Role.APP, "A", "commit");
        runAs(Role.APP, "B", "rollback");
        assertTrue(kernel.sessions().stream().allMatch(state -> state.transaction() == Transaction.IDLE));
    }

    @Test void settingsDoNotLeakBetweenCellsOfTheUsualConnectionButStayInANamedSession() {
        run("set work_mem = '5MB'; create temp table mine (id int)");
        run("show work_mem");
        assertEquals("4MB", seen.value());
        runAs(Role.APP, "A", "set work_mem = '5MB'");
        runAs(Role.APP, "A", "show work_mem");
        assertEquals("5MB", seen.value());
    }

    @Test void anOpenTransactionGoesOnInTheNextCell() {
        runAs(Role.OWNER, "", "begin; create table half (id int)");
        runAs(Role.OWNER, "", "select count(*) from half");
        assertEquals("0", seen.value());
        runAs(Role.OWNER, "", "rollback");
        assertInstanceOf(CellResult.Failed.class, runAs(Role.OWNER, "", "select * from half"));
    }

    @Test void statementsThatMayNotRunInATransactionRun() {
        assertInstanceOf(CellResult.Done.class, runAs(Role.OWNER, "A", "select 1; create table v (id int); vacuum v; select 2; begin; select 3; commit; vacuum v; drop table v"));
    }

    @Test void theFailureThatALessonExpectsIsShownAndClaimed() {
        var asked = new Cell("refused", Cell.Language.SQL, "begin; create table mine (id int)", Role.APP, "", "42501");
        assertInstanceOf(CellResult.Done.class, kernel.run(asked, seen));
        assertEquals(List.of("failure[42501]", "claim[PostgreSQL refuses with SQLSTATE 42501]"), seen.shapes());
        assertInstanceOf(CellResult.Done.class, run("select 1"), "nothing of it is left open");
    }

    @Test void aFailureThatDoesNotComeIsAFailure() {
        var cellResult = kernel.run(new Cell("refused", Cell.Language.SQL, "select 1", Role.APP, "", "42501"), seen);
        assertInstanceOf(CellResult.Failed.class, cellResult);
        assertTrue(seen.failure().message().contains("SQLSTATE 42501"), seen.failure().message());
    }

    @Test void whatOnlyAClientCanDoIsRefusedWithAWayThatWorks() {
        assertEquals(new CellResult.Failed(2), run("select 1;\n\\d users"));
        assertTrue(seen.failure().message().contains("shell cell"), seen.failure().message());
        assertInstanceOf(CellResult.Failed.class, run("copy users from stdin"));
    }

    @Test void aQueryThatWouldFillTheDiskEndsWithAHint() {
        assertInstanceOf(CellResult.Failed.class, runAs(Role.ADMIN, "A", "set temp_file_limit = '1MB'; select * from generate_series(1, 1e9)"));
        assertEquals("53400", seen.failure().sqlState());
        assertTrue(seen.failure().hint().contains("before it hands out the first row"), seen.failure().hint());
    }

    @Test void aSessionThatListensShowsWhatOthersNotify() {
        runAs(Role.APP, "A", "listen jobs");
        runAs(Role.APP, "B", "notify jobs, '42'; notify other, 'x'; notify jobs");
        runAs(Role.APP, "A", "select 1");
        var heard = seen.outputs.stream().filter(Output.Log.class::isInstance).map(output -> ((Output.Log) output).lines().getFirst()).toList();
        assertEquals(2, heard.size(), heard.toString());
        assertTrue(heard.getFirst().startsWith("Notification on jobs with \"42\", sent by the backend "), heard.getFirst());
        assertTrue(heard.getLast().startsWith("Notification on jobs, sent by the backend "), heard.getLast());
    }

    @Test void noticesBeforeAFailureAreShown() {
        run("do $$ begin raise notice 'so far'; perform 1 / 0; end $$");
        assertEquals(List.of("log[server]", "failure[22012]"), seen.shapes());
    }

    @Test void theServerShowsTheNameOfASession() {
        runAs(Role.APP, "A", "select current_setting('application_name')");
        assertEquals("course: session A (app)", seen.value());
        assertEquals("A", SessionName.inApplication(seen.value()));
    }
}

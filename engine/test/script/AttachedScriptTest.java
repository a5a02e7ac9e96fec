package script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kernel.cell.Cell;
import kernel.cell.CellResult;
import kernel.jshell.JavaKernel;
import kernel.jshell.StopOutcome;
import kernel.output.Output;
import kernel.output.RoutineSources;
import lab.Lab;
import lab.Progress;
import lab.Role;
import lab.provider.Providers;
import lesson.Home;
import lesson.Lesson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The words of a lesson in cells of Java, in a child JVM, on the lab of this process. */
@Timeout(120)
class AttachedScriptTest {
    private static final String PROGRAM = """
        import module java.sql;
        import static script.Script.*;

        record Row(int id) { }

        int twice(int x) {
            return 2 * x;
        }

        void main(String... args) throws Exception {
            begin("02-sample", args);
        }
        """;
    @TempDir static Path root;
    private static Lab lab;
    private static JavaKernel kernel;

    @BeforeAll static void start() throws Exception {
        var folder = Files.createDirectories(root.resolve("lessons/02-sample"));
        Files.writeString(folder.resolve("lesson02.java"), PROGRAM);
        var opening = CompletableFuture.supplyAsync(() -> Providers.open("embedded", Progress.SILENT));
        kernel = JavaKernel.start(AttachedScript.setup(new Lesson(new Home(root), "02", "sample"), opening::join));
        lab = opening.get(60, TimeUnit.SECONDS);
    }

    @AfterAll static void close() {
        kernel.close();
        lab.close();
    }

    @Test void whatALessonShowsGoesToThePageInOrderAndAgainWhenItRunsAgain() throws Exception {
        for (int run = 0; run < 2; run++) {
            var heard = new Heard();
            assertEquals(new CellResult.Done(), run("""
                execute(owner(), "drop table if exists t; create table t (id int)");
                execute(app(), "insert into t values (1), (2)");
                show(query("select id from t order by id"));
                System.out.println("between");
                expect("there are two", 2L, value(Long.class, "select count(*) from t"));
                show(List.of(new Row(twice(21))));
                show(plan("select * from t"));""", heard), heard.order::toString);
            assertEquals(List.of("table[id]", "out between", "claim[there are two]", "table[id]", "plan[Seq Scan]"), heard.order);
        }
    }

    @Test void theWordsThatMakeThingsWork() throws Exception {
        var heard = new Heard();
        assertEquals(new CellResult.Done(), run("""
            var other = newDatabase("other");
            show(queryAs(other.app(), "select current_database() like 'course_lesson_other_%' as here"));
            var a = session("a"); var b = session("b");
            a.run("begin"); a.run("select 1");
            show(lanes(a, b));
            var far = slow(app(), java.time.Duration.ofMillis(5));
            try (var c = far.connect()) { show("far"); }
            Files.writeString(folder("files").resolve("x"), "x");
            expect("a version", version() >= 15);
            show(pgBouncer(Map.of()).isPresent());""", heard), heard.order::toString);
        assertTrue(heard.order.contains("skipped"), heard.order::toString);
        assertTrue(heard.order.contains("lanes[a, b]"), heard.order::toString);
    }

    @Test void whoWaitsForALockSaysForWhom() throws Exception {
        var heard = new Heard();
        assertEquals(new CellResult.Done(), run("""
            execute(owner(), "drop table if exists locked; create table locked (id int); insert into locked values (1); grant all on locked to public");
            var ann = session("Ann"); var bob = session("Bob");
            ann.run("begin; update locked set id = 2");
            bob.start("update locked set id = 3").awaitBlocked();
            ann.run("commit");
            bob.await();
            show(lanes(ann, bob));""", heard), heard.order::toString);
        var lanes = (Output.Lanes) heard.outputs.stream().filter(Output.Lanes.class::isInstance).findFirst().orElseThrow();
        assertEquals(List.of("waited for Ann"), lanes.lanes().get(1).spans().stream().map(Output.Lanes.Span::note).toList());
    }

    @Test void aFailureKeepsItsSqlStateItsHintAndItsPlace() throws Exception {
        var heard = new Heard();
        assertEquals(new CellResult.Failed(2), run("var one = 1;\nquery(\"select nothing from pg_class\");", heard));
        var failure = assertInstanceOf(Output.Failure.class, heard.outputs.getLast());
        assertEquals("42703", failure.sqlState());
        assertEquals("select nothing from pg_class", failure.statement());
        assertEquals(8, failure.position());
    }

    @Test void sqlThatIsPutTogetherMarksItsCallAndNoOtherText() throws Exception {
        var heard = new Heard();
        assertEquals(new CellResult.Failed(3), run("var other = \"select nothing of this kind\";\nvar column = \"nothing\";\nquery(\"select \" + column);", heard));
        var failure = assertInstanceOf(Output.Failure.class, heard.outputs.getLast());
        assertEquals("query(\"select \" + column);", failure.statement());
        assertEquals(0, failure.position());
    }

    @Test void noticesBeforeAnErrorAndTheLineOfABlockAreShown() throws Exception {
        var heard = new Heard();
        assertEquals(new CellResult.Failed(2), run("var one = 1;\nexecute(owner(), \"\"\"\n  do $$ begin\n  raise notice 'first';\n  raise exception 'then';\n  end $$\"\"\");", heard));
        assertEquals("log[server]", heard.outputs.getFirst().shape());
        var failure = RoutineSources.ofStatement().told((Output.Failure) heard.outputs.getLast());
        assertEquals("PL/pgSQL function inline_code_block line 3 at RAISE\n    raise exception 'then';", failure.where());
    }

    @Test void aStatementStopsWhenItsBackendIsCancelled() throws Exception {
        for (var statement : List.of("query(\"select pg_sleep(60)\");",
                "try (var c = app().connect(); var d = app().connect(); var s = c.createStatement(); var t = d.createStatement()) {"
                    + " s.execute(\"begin; select pg_advisory_xact_lock(7)\"); t.execute(\"select pg_advisory_lock(7)\"); }")) {
            var heard = new Heard();
            var running = CompletableFuture.supplyAsync(() -> assertRuns("System.out.println(\"begun\");\n" + statement, heard));
            awaitActive();
            assertEquals(StopOutcome.SNIPPET, kernel.stop(AttachedScriptTest::cancelBackends));
            assertEquals(new CellResult.Stopped(), running.get(20, TimeUnit.SECONDS));
            assertFalse(heard.outputs.stream().anyMatch(Output.Failure.class::isInstance));
        }
        assertEquals(new CellResult.Done(), run("show(query(\"select 1\"));", new Heard()));
    }

    private static void awaitActive() throws Exception {
        var end = System.nanoTime() + 20_000_000_000L;
        while (Queries.value(lab.lessonDatabase().admin(), Long.class,
                "select count(*) from pg_stat_activity where usename = 'course_app' and state = 'active'") == 0) {
            assertTrue(System.nanoTime() < end, "no statement of the app ever ran");
            Thread.sleep(20);
        }
    }

    private static void cancelBackends() {
        try {
            Queries.execute(lab.lessonDatabase().admin(),
                "select pg_cancel_backend(pid) from pg_stat_activity where usename = 'course_app' and state = 'active'");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CellResult assertRuns(String source, Heard heard) {
        try {
            return run(source, heard);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CellResult run(String source, Heard heard) throws InterruptedException {
        return kernel.run(new Cell("step", Cell.Language.JAVA, source, Role.APP, "", ""), heard);
    }
}

package script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kernel.output.Output;
import lab.Progress;
import lab.provider.Providers;
import lesson.Home;
import org.junit.jupiter.api.Test;

class SqlStepsTest {
    @Test void statementsOfAStepAreSentOneAfterTheOtherAsPsqlDoes() throws Exception {
        var shown = shown("""
            create table notes (id int);
            insert into notes values (1);
            vacuum notes;
            begin; delete from notes; rollback;
            select count(*) from notes""");
        assertEquals("1", ((Output.Table) shown.getLast()).rows().getFirst().getFirst().orElseThrow());
    }

    @Test void aPlanIsCalledAsTheCommentBehindItsExplainSays() throws Exception {
        var shown = shown("explain select 1;  -- one\n-- below\nexplain select 2; explain select 3");
        assertEquals(java.util.List.of("one", "", ""), shown.stream().map(output -> ((Output.Plan) output).title()).toList());
    }

    @Test void aColumnWhoseTypeWasRolledBackIsShownWithoutItsType() throws Exception {
        var shown = shown("begin; create type mood as enum ('calm'); select 'calm'::mood as mood; rollback");
        assertEquals("mood", ((Output.Table) shown.getLast()).columns().getFirst().name());
    }

    @Test void anExpectedFailureShowsWhatWasSaidBeforeItAndTheLineOfItsRoutine() throws Exception {
        var transcript = new Transcript(Progress.SILENT);
        try (var lab = Providers.open("embedded", Progress.SILENT);
             var run = new LessonRun(Home.here().lesson("02"), lab, transcript)) {
            Script.step("a-step");
            SqlSteps.fails(run.database().owner(), "P0001", "select 1;\ndo $$\nbegin\n  raise notice 'first';\n  raise exception 'then';\nend $$");
        }
        var shown = transcript.steps().get("a-step");
        assertEquals(java.util.List.of("table[?column?]", "log[server]", "failure[P0001]"), shown.stream().limit(3).map(Output::shape).toList());
        assertEquals("PL/pgSQL function inline_code_block line 4 at RAISE\n    raise exception 'then';", ((Output.Failure) shown.get(2)).where());
    }

    private static java.util.List<Output> shown(String sql) throws Exception {
        var transcript = new Transcript(Progress.SILENT);
        try (var lab = Providers.open("embedded", Progress.SILENT);
             var run = new LessonRun(Home.here().lesson("02"), lab, transcript)) {
            Script.step("a-step");
            SqlSteps.run(run.database().owner(), sql);
            return transcript.steps().get("a-step");
        }
    }
}

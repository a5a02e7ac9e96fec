package kernel.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import kernel.output.Output;
import org.junit.jupiter.api.Test;

/** What the server says on the way is shown before what it ends in. */
class NoticesTest extends LessonCells {
    private static final String SAYS_AND_FAILS = "do $$ begin raise notice 'first'; raise warning 'second'; raise exception 'third'; end $$";

    @Test void noticesOfACellComeBeforeItsError() {
        run(SAYS_AND_FAILS);
        assertEquals(List.of("log[server]", "log[server]", "failure[P0001]"), seen.shapes());
    }

    @Test void noticesOfAStepComeBeforeItsErrorAlsoThoseOfTheFirstOfSeveral() throws SQLException {
        var shown = new ArrayList<Output>();
        try (var connection = lab.lessonDatabase().app().connect()) {
            assertThrows(SQLException.class, () -> SqlRunner.run(connection, "select 1; " + SAYS_AND_FAILS, shown::add));
        }
        assertEquals(List.of("NOTICE: first", "WARNING: second"), shown.stream().map(output -> ((Output.Log) output).lines().getFirst()).toList());
    }

    @Test void noResultOfSeveralStatementsIsLost() throws SQLException {
        try (var connection = lab.lessonDatabase().app().connect()) {
            var shown = SqlRunner.run(connection, "create temp table counted (id int); begin; insert into counted values (1), (2); set datestyle = iso;"
                + " do $$ begin end $$; select 1 as one; commit; truncate counted; notify nobody; select 2 as two; ; -- end\n delete from counted; select 3 as three");
            assertEquals(List.of("text", "table[one]", "table[two]", "table[three]"), shown.stream().map(Output::shape).toList());
        }
    }

    @Test void aCommandOfPsqlWithinAStatementIsRefusedWithWhatItIs() {
        run("select 1\n  \\gx");
        assertEquals("\\gx", seen.failure().statement().substring(seen.failure().position() - 1));
        assertTrue(seen.failure().message().contains("psql's own"), seen.failure()::message);
    }
}

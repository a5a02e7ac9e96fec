package script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import lab.Progress;
import lab.provider.Providers;
import lesson.Home;
import org.junit.jupiter.api.Test;

class QueriesTest {
    @Test void aVacuumAmongOtherStatementsIsToldToStandAlone() throws Exception {
        try (var lab = Providers.open("embedded", Progress.SILENT)) {
            var owner = lab.lessonDatabase().owner();
            Queries.execute(owner, "create table events (id int)");
            var failure = assertThrows(SQLException.class, () -> Queries.execute(owner, "insert into events values (1); vacuum events"));
            assertEquals("25001", failure.getSQLState());
            assertTrue(failure.getMessage().contains("several statements of one execute run in one transaction; give vacuum an execute of its own"),
                failure.getMessage());
            Queries.execute(owner, "vacuum events");
        }
    }

    @Test void aSessionTakesThePlaceOfAnEarlierOneAndOfItsLocks() throws Exception {
        try (var lab = Providers.open("embedded", Progress.SILENT);
             var run = new LessonRun(Home.here().lesson("02"), lab, new Transcript(Progress.SILENT))) {
            Queries.execute(lab.lessonDatabase().owner(), "create table shelves (id int)");
            run.session("A", lab.lessonDatabase().owner()).run("begin; lock table shelves");
            run.session("A", lab.lessonDatabase().owner()).run("begin; lock table shelves nowait; commit");
        }
    }
}

package grading.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grading.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import lab.Progress;
import lesson.Exercise;
import lesson.Home;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The database of an exercise, for the learner")
class ExerciseDatabaseTest {
    private static final String INDEXES = "select count(*) from pg_indexes where indexname = 'articles_tsv'";

    @Test @DisplayName("holds what the exercise prepares, and what the migrations of an answer make, and is gone in the end")
    void migrations() throws Exception {
        var exercise = exercise("05.2");
        var database = ExerciseDatabase.open(exercise, "embedded", Progress.SILENT);
        try (database) {
            assertTrue(Sql.number(database.database().app(), "select count(*) from app.articles") > 20_000);
            assertEquals(0, Sql.number(database.database().app(), INDEXES));
            assertEquals(List.of("V2__search.sql has run.", "search.sql makes nothing, so it has not run."), database.apply(exercise.solution()));
            assertEquals(1, Sql.number(database.database().app(), INDEXES));
        }
        assertThrows(SQLException.class, () -> Sql.number(database.database().app(), INDEXES));
    }

    @Test @DisplayName("runs the scripts of an answer as the owner")
    void scripts() throws Exception {
        var exercise = exercise("07.2");
        try (var database = ExerciseDatabase.open(exercise, "embedded", Progress.SILENT)) {
            assertEquals(List.of("transfer.sql has run."), database.apply(exercise.solution()));
            assertEquals("course_owner", Sql.query(database.database().app(), "select distinct pg_get_userbyid(proowner) from pg_proc where pronamespace = 'app'::regnamespace")
                .values().getFirst().getFirst().toString());
        }
    }

    @Test @DisplayName("says what PostgreSQL refuses of an answer, and stays")
    void failure(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("door.sql"), "create table t (id nothing)");
        try (var database = ExerciseDatabase.open(exercise("01.1"), "embedded", Progress.SILENT)) {
            var said = database.apply(folder);
            assertTrue(said.size() == 1 && said.getFirst().startsWith("door.sql: ") && said.getFirst().contains("type \"nothing\" does not exist"), said.toString());
            assertEquals(List.of("The answer has no SQL of its own that could be applied."), database.apply(exercise("01.1").folder()));
            assertEquals(1, Sql.number(database.database().app(), "select 1"));
        }
    }

    private static Exercise exercise(String id) {
        return Home.here().exercise(id);
    }
}

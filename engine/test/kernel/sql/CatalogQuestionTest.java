package kernel.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.util.List;
import java.util.Optional;
import kernel.cell.CellResult;
import kernel.output.Output;
import lab.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What people ask who come from MySQL")
class CatalogQuestionTest extends LessonCells {
    @Test @DisplayName("is answered with tables, databases, schemas, columns and indexes")
    void answers() {
        runAs(Role.OWNER, "", "create schema asked; grant usage on schema asked to course_app; create table asked.\"Odd one\" (id int primary key, note text); create view asked.seen as select 1 as n");
        assertEquals(List.of("Odd one", "seen"), column("show tables;", 1));
        assertEquals(List.of("Odd one", "seen"), column("-- which?\nSHOW  FULL TABLES", 1));
        assertTrue(column("show databases", 0).contains("course_lesson"), seen.outputs.toString());
        assertTrue(column("show schemas", 0).contains("asked"), seen.outputs.toString());
        assertEquals(List.of("id", "note"), column("desc asked.\"Odd one\"", 0));
        assertEquals(List.of("n"), column("Describe asked.seen;", 0));
        assertEquals(List.of("id", "note"), column("show columns from asked.\"Odd one\"", 0));
        assertEquals(List.of("Odd one_pkey"), column("show indexes from asked.\"Odd one\"", 0));
        runAs(Role.OWNER, "", "drop schema asked cascade");
    }

    @Test @DisplayName("about a table that is not there gets a sentence")
    void nothing() {
        for (var about : List.of("nothing", "nowhere.nothing")) {
            seen.outputs.clear();
            assertInstanceOf(CellResult.Failed.class, run("select 1;\ndesc " + about));
            assertEquals("there is no table, view or index named " + about + "; show tables lists what there is", seen.failure().message());
        }
    }

    @Test @DisplayName("leaves show to PostgreSQL where it names a setting, and rows to what is a query")
    void settings() {
        assertEquals(List.of("UTF8"), column("show server_encoding", 0));
        assertEquals(Optional.empty(), CatalogQuestion.of("show all"));
        assertEquals(Optional.empty(), CatalogQuestion.of("show app.tables"));
        assertEquals(Optional.empty(), CatalogQuestion.of("select 1 as tables"));
        assertEquals(Optional.empty(), CatalogQuestion.of("show tables; select 1"));
        assertEquals(Optional.empty(), CatalogQuestion.of("desc"));
    }

    private List<String> column(String sql, int index) {
        run(sql);
        var table = assertInstanceOf(Output.Table.class, seen.outputs.getLast(), () -> seen.outputs.toString());
        return table.rows().stream().map(row -> row.get(index).orElse("NULL")).toList();
    }
}

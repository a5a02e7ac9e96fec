package kernel.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import java.sql.SQLException;
import kernel.sql.SqlRunner;
import lab.Progress;
import lab.provider.Providers;
import org.junit.jupiter.api.Test;

/** PostgreSQL says where in a statement an error is; of several statements the caret has to find the right one. */
class FailurePositionTest {
    @Test void thePositionIsThatInTheWholeTextWhereverTheStatementStands() throws Exception {
        try (var lab = Providers.open("embedded", Progress.SILENT); var connection = lab.lessonDatabase().app().connect()) {
            for (var text : new String[] {"select nothing", "select 1;\nselect nothing;", "select 1, 2;\n\nselect 2;  select 3, nothing; select 4"}) {
                var refused = assertThrows(SQLException.class, () -> SqlRunner.run(connection, text));
                assertEquals(text.indexOf("nothing") + 1, Failures.of(refused, text).position(), text);
            }
        }
    }
}

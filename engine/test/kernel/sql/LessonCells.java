package kernel.sql;

import static kernel.sql.Seen.cell;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kernel.cell.CellResult;
import kernel.output.Output;
import lab.Lab;
import lab.Progress;
import lab.provider.Providers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Cells that run on the lesson's database: what Java gives them, what they give to Java, and what they showed. */
abstract class LessonCells {
    static Lab lab;
    final Map<String, Object> variables = new HashMap<>();
    final Map<String, List<List<Object>>> defined = new HashMap<>();
    final Map<String, List<Output.Table.Column>> columns = new HashMap<>();
    final SqlKernel kernel = new SqlKernel(lab.lessonDatabase(),
        BindVariables.of(() -> List.copyOf(variables.keySet()), name -> Optional.ofNullable(variables.get(name))),
        (name, types, rows) -> {
            defined.put(name, rows);
            columns.put(name, types);
        });
    final Seen seen = new Seen();

    @BeforeAll static void open() {
        lab = Providers.open("embedded", Progress.SILENT);
    }

    @AfterAll static void shut() {
        lab.close();
    }

    @AfterEach void end() {
        kernel.close();
    }

    CellResult run(String source) {
        return kernel.run(cell(source), seen);
    }

    CellResult runAs(String role, String session, String source) {
        return kernel.run(cell(role, session, source), seen);
    }

    /** Of a cell that runs to its end: the first column of the first row of its last table. */
    String value(String source) {
        assertInstanceOf(CellResult.Done.class, run(source), () -> seen.outputs.toString());
        return seen.value();
    }
}

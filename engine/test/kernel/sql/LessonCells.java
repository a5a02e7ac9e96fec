package kernel.sql;

import static kernel.sql.Seen.cell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kernel.cell.CellResult;
import kernel.output.Output;
import lab.Lab;
import lab.Progress;
import lab.Role;
import lab.provider.Providers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Cells that run on the lesson's database: what Java gives them, what they give to Java, and what they showed. */
abstract class LessonCells {
    static final long TIMEOUT_S = 20;
    static Lab lab;
    final MapVariables java = new MapVariables();
    final Map<String, Object> variables = java.values;
    final Map<String, List<List<Object>>> defined = java.defined;
    final Map<String, List<Output.Table.Column>> columns = java.columns;
    final SqlKernel kernel = new SqlKernel(lab.lessonDatabase(), java);
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

    CellResult runAs(Role role, String session, String source) {
        return kernel.run(cell(role, session, source), seen);
    }

    /** Of a cell that runs to its end: the first column of the first row of its last table. */
    String value(String source) {
        assertInstanceOf(CellResult.Done.class, run(source), () -> seen.outputs.toString());
        return seen.value();
    }

    /** Waits until a statement runs that has this in it. */
    void awaitActive(String part) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        var onlooker = new Seen();
        do {
            kernel.run(cell(Role.ADMIN, "onlooker", "select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like '%"
                + part.replace("'", "''") + "%'"), onlooker);
        } while (onlooker.value().equals("0") && System.nanoTime() < end);
        assertEquals("1", onlooker.value(), "runs: " + part);
    }
}

package browser.runtime;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kernel.cell.Cell;
import kernel.cell.CellListener;
import kernel.cell.CellResult;
import kernel.cell.Completion;
import kernel.jshell.JavaKernel;
import kernel.jshell.StopOutcome;
import kernel.output.Output;
import kernel.sql.ActivitySnapshot;
import kernel.sql.SessionState;
import kernel.sql.SqlKernel;
import lesson.Lesson;
import script.AttachedScript;

/** The kernels that run the cells of a lesson on one state of its database. They end together. */
public final class Kernels implements AutoCloseable {
    private final JavaKernel java;
    private final CompletableFuture<SqlKernel> sql;
    private final LessonShell lessonShell;

    private Kernels(JavaKernel java, CompletableFuture<SqlKernel> sql, LessonShell lessonShell) {
        this.java = java;
        this.sql = sql;
        this.lessonShell = lessonShell;
    }

    /** Returns at once; the process for Java cells starts at the same time as the server. */
    public static Kernels start(Lesson lesson, CompletableFuture<LessonLab> lab) {
        var java = JavaKernel.start(AttachedScript.setup(lesson, () -> LessonLab.join(lab).lab()));
        return new Kernels(java, lab.thenApply(ready -> new SqlKernel(ready.database(), java)), new LessonShell(lesson, lab));
    }

    /** Waits until Java cells can run. @throws RuntimeException that says why they never will */
    public void awaitJava() {
        java.awaitReady();
    }

    /** Waits until a cell of that language can begin, or never will. */
    public void await(Cell.Language language) {
        sql.exceptionally(failure -> null).join();
        if (language == Cell.Language.JAVA) {
            try {
                java.awaitReady();
            } catch (RuntimeException e) {
                // the run says why
            }
        }
    }

    /** Runs a cell to its end, which the listener is shown. @throws InterruptedException where the notebook closes */
    public CellResult run(Cell cell, CellListener listener) throws InterruptedException {
        return switch (cell.language()) {
            case SQL -> sql(cell, listener);
            case JAVA -> java.run(cell, withRoutines(listener));
            case SHELL -> lessonShell.run(cell, listener);
        };
    }

    /** A failure in a routine gets the text of its line; Java's own JVM knows no database. */
    private CellListener withRoutines(CellListener listener) {
        return new CellListener() {
            @Override public void shown(Output output) {
                listener.shown(output instanceof Output.Failure failure ? sqlKernel().map(kernel -> kernel.told(failure)).orElse(failure) : output);
            }

            @Override public void kept(String id, int rows) {
                listener.kept(id, rows);
            }

            @Override public void printed(String stream, String text) {
                listener.printed(stream, text);
            }
        };
    }

    private CellResult sql(Cell cell, CellListener listener) {
        return sqlKernel().map(kernel -> kernel.run(cell, listener)).orElseGet(() -> new CellResult.Lost("there is no database"));
    }

    /** Stops whatever runs, in the database as well: a thread that waits in the driver notices nothing else. */
    public StopOutcome stop() {
        lessonShell.stop();
        var how = java.stop(this::cancel);
        if (how == StopOutcome.NOTHING) {
            cancel();
        }
        return how;
    }

    private void cancel() {
        sqlKernel().ifPresent(SqlKernel::cancelAll);
    }

    /** Whether the process for Java cells is there. */
    public boolean isJavaAlive() {
        return java.alive();
    }

    /** The SQL kernel, once there is a database. */
    public Optional<SqlKernel> sqlKernel() {
        return sql.isDone() && !sql.isCompletedExceptionally() ? Optional.of(sql.join()) : Optional.empty();
    }

    /** The connections of SQL cells; none while there is no database. */
    public List<SessionState> sessions() {
        return sqlKernel().map(SqlKernel::sessions).orElse(List.of());
    }

    /** Which backends work or wait, and for which others; nothing while there is no database. */
    public Optional<ActivitySnapshot> activity() {
        return sqlKernel().map(kernel -> {
            try {
                return kernel.watch();
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        });
    }

    /** The names that a piece of Java defines and uses. Needs no process. */
    public static CellNames names(String source) {
        var names = JavaKernel.names(source);
        return new CellNames(names.defines(), names.uses());
    }

    /** Proposals at a place. @param cursor in characters, from 0 */
    public Completion complete(Cell cell, int cursor) {
        return switch (cell.language()) {
            case JAVA -> java.complete(cell.source(), cursor);
            case SQL -> sqlKernel().map(kernel -> kernel.complete(cell.source(), cursor)).orElse(Completion.NONE);
            case SHELL -> Completion.NONE;
        };
    }

    /** The documentation of what is called at a place; of Java alone. @param cursor in characters, from 0 */
    public Optional<String> describe(Cell cell, int cursor) {
        return cell.language() == Cell.Language.JAVA ? java.describe(cell.source(), cursor) : Optional.empty();
    }

    @Override public void close() {
        sqlKernel().ifPresent(SqlKernel::close);
        lessonShell.close();
        java.close();
    }
}

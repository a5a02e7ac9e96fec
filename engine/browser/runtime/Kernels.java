package browser.runtime;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kernel.cell.Cell;
import kernel.cell.Completion;
import kernel.cell.Ending;
import kernel.cell.Witness;
import kernel.jshell.JavaKernel;
import kernel.jshell.Stopping;
import kernel.jshell.Variable;
import kernel.sql.SessionState;
import kernel.sql.SqlKernel;
import kernel.sql.Variables;
import kernel.sql.Watch;
import lesson.Lesson;
import script.Attached;

/** The kernels that run the cells of a lesson on one state of its database. They end together. */
public final class Kernels implements AutoCloseable {
    private final JavaKernel java;
    private final CompletableFuture<SqlKernel> sql;
    private final Shell shell;

    private Kernels(JavaKernel java, CompletableFuture<SqlKernel> sql, CompletableFuture<LessonLab> lab) {
        this.java = java;
        this.sql = sql;
        this.shell = new Shell(lab);
    }

    /** Returns at once; the Java child starts beside the server. */
    public static Kernels start(Lesson lesson, CompletableFuture<LessonLab> lab) {
        var java = JavaKernel.start(Attached.setup(lesson, () -> LessonLab.of(lab).lab()));
        var variables = Variables.of(() -> java.variables().stream().map(Variable::name).toList(), java::value);
        return new Kernels(java, lab.thenApply(ready -> new SqlKernel(ready.database(), variables, java::define)), lab);
    }

    /** Waits until Java cells can run. Throws what keeps them from it. */
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

    public Ending run(Cell cell, Witness witness) throws InterruptedException {
        return switch (cell.language()) {
            case SQL -> sql(cell, witness);
            case JAVA -> java.run(cell, witness);
            case SHELL -> shell.run(cell, witness);
        };
    }

    private Ending sql(Cell cell, Witness witness) {
        return ready().map(kernel -> kernel.run(cell, witness)).orElseGet(() -> new Ending.Lost("there is no database"));
    }

    /** Stops whatever runs: in the database as well, because a thread that waits in the driver hears of nothing else. */
    public Stopping stop() {
        shell.stop();
        var how = java.stop(this::cancel);
        if (how == Stopping.NOTHING) {
            cancel();
        }
        return how;
    }

    private void cancel() {
        ready().ifPresent(SqlKernel::cancelAll);
    }

    public boolean isJavaAlive() {
        return java.alive();
    }

    /** The SQL kernel, once there is a database. */
    public Optional<SqlKernel> ready() {
        return sql.isDone() && !sql.isCompletedExceptionally() ? Optional.of(sql.join()) : Optional.empty();
    }

    public List<SessionState> sessions() {
        return ready().map(SqlKernel::sessions).orElse(List.of());
    }

    /** Who works, who waits, and for whom. */
    public Optional<Watch> watch() {
        return ready().map(kernel -> {
            try {
                return kernel.watch();
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        });
    }

    public static Used names(String source) {
        var names = JavaKernel.names(source);
        return new Used(names.defines(), names.uses());
    }

    public Completion complete(Cell cell, int cursor) {
        return switch (cell.language()) {
            case JAVA -> java.complete(cell.source(), cursor);
            case SQL -> ready().map(kernel -> kernel.complete(cell.source(), cursor)).orElse(Completion.NONE);
            case SHELL -> Completion.NONE;
        };
    }

    public Optional<String> describe(Cell cell, int cursor) {
        return cell.language() == Cell.Language.JAVA ? java.describe(cell.source(), cursor) : Optional.empty();
    }

    @Override public void close() {
        ready().ifPresent(SqlKernel::close);
        shell.close();
        java.close();
    }
}

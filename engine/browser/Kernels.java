package browser;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import kernel.Output;
import kernel.cell.Cell;
import kernel.cell.Completion;
import kernel.cell.Ending;
import kernel.cell.Witness;
import kernel.sql.Results;
import kernel.sql.SessionState;
import kernel.sql.SqlKernel;
import kernel.sql.Variables;
import lesson.Lesson;

/** The two kernels that run the cells of a lesson on one state of its database. They end together. */
final class Kernels implements AutoCloseable {
    private final CompletableFuture<SqlKernel> sql;

    private Kernels(CompletableFuture<SqlKernel> sql) {
        this.sql = sql;
    }

    /** Returns at once; the Java child starts beside the server. */
    static Kernels start(Lesson lesson, CompletableFuture<LessonLab> lab) {
        return new Kernels(lab.thenApply(ready -> new SqlKernel(ready.database(), Variables.NONE, Results.NOWHERE)));
    }

    /** Waits until Java cells can run. Throws what keeps them from it. */
    void awaitJava() { }

    /** Waits until a cell of that language can begin, or never will. */
    void await(Cell.Language language) {
        sql.exceptionally(failure -> null).join();
    }

    Ending run(Cell cell, Witness witness) throws InterruptedException {
        return switch (cell.language()) {
            case SQL -> sql.join().run(cell, witness);
            case JAVA, SHELL -> {
                witness.shown(new Output.Skipped("cells in " + cell.language().word() + " do not run here yet"));
                yield new Ending.Done();
            }
        };
    }

    /** Stops whatever runs. @return whether the Java variables are still there */
    boolean stop() {
        ready().ifPresent(SqlKernel::cancelAll);
        return true;
    }

    boolean isJavaAlive() {
        return true;
    }

    Optional<SqlKernel> ready() {
        return sql.isDone() && !sql.isCompletedExceptionally() ? Optional.of(sql.join()) : Optional.empty();
    }

    List<SessionState> sessions() {
        return ready().map(SqlKernel::sessions).orElse(List.of());
    }

    /** Who works, who waits, and for whom. */
    Optional<Object> watch() {
        return Optional.empty();
    }

    Used names(String source) {
        return new Used(java.util.Set.of(), java.util.Set.of());
    }

    Completion complete(Cell cell, int cursor) {
        return Completion.NONE;
    }

    Optional<String> describe(Cell cell, int cursor) {
        return Optional.empty();
    }

    @Override public void close() {
        ready().ifPresent(SqlKernel::close);
    }
}

package grading.host;

import grading.Answer;
import grading.AnswerMigrations;
import grading.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import kernel.sql.syntax.StatementText;
import lab.Database;
import lab.LabException;
import lab.Progress;
import lab.SqlErrors;
import lesson.Exercise;
import org.flywaydb.core.api.FlywayException;

/** A database of an exercise, made as for a verification: for the learner, to look around in and to try an answer. It is dropped in the end. */
public final class ExerciseDatabase implements AutoCloseable {
    private static final String MIGRATION = "[VR]\\w*__.*\\.sql";
    private final DatabasePool pool;
    private final Database database;
    private final Runnable atTheEnd;

    private ExerciseDatabase(DatabasePool pool, Exercise exercise, Runnable atTheEnd) throws InterruptedException {
        this.pool = pool;
        this.atTheEnd = atTheEnd;
        this.database = DatabasePool.await(pool.take(exercise));
    }

    /**
     * On a server of its own. Returns when the database is there.
     *
     * @param db the word after {@code --db}
     * @throws LabException where there is no server, or the exercise's preparation fails
     */
    public static ExerciseDatabase open(Exercise exercise, String db, Progress progress) throws InterruptedException {
        var pool = new DatabasePool(db, progress);
        try {
            return new ExerciseDatabase(pool, exercise, pool::close);
        } catch (LabException | InterruptedException e) {
            pool.close();
            throw e;
        }
    }

    /** On the server of a verification service. */
    static ExerciseDatabase on(DatabasePool pool, Exercise exercise) throws InterruptedException {
        return new ExerciseDatabase(pool, exercise, () -> { });
    }

    /** With the logins of app, owner and superuser. */
    public Database database() {
        return database;
    }

    /** The server's version, "18.6". */
    public String version() {
        return pool.server().version();
    }

    /**
     * Does what a deployment of the answer would do: runs its migrations, then its scripts, as the owner. What only asks or
     * changes rows is left alone.
     *
     * @param folder of the answer
     * @return a sentence for each file, up to the first that fails
     */
    public List<String> apply(Path folder) {
        var said = new ArrayList<String>();
        var answer = new Answer(folder);
        var names = answer.files().stream().map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".sql")).toList();
        try {
            migrate(names.stream().anyMatch(name -> name.matches(MIGRATION)), answer, said);
            for (var name : names.stream().filter(name -> !name.matches(MIGRATION)).toList()) {
                said.add(script(name, answer.text(name)));
            }
        } catch (FlywayException e) {
            said.add(e.getMessage());
        } catch (SQLException e) {
            said.add(SqlErrors.describe(e));
        }
        return names.isEmpty() ? List.of("The answer has no SQL of its own that could be applied.") : said;
    }

    private void migrate(boolean isWanted, Answer answer, List<String> said) {
        if (isWanted) {
            var ran = AnswerMigrations.configure(pool.server().logins(database), answer).load().migrate();
            ran.migrations.forEach(migration -> said.add(Path.of(migration.filepath).getFileName() + " has run."));
        }
    }

    private String script(String name, String text) throws SQLException {
        if (StatementText.of(text).stream().noneMatch(StatementText::mayChangeCatalog)) {
            return name + " makes nothing, so it has not run.";
        }
        try {
            Sql.script(database.owner(), text);
            return name + " has run.";
        } catch (SQLException e) {
            throw new SQLException(name + ": " + SqlErrors.describe(e), e.getSQLState(), e);
        }
    }

    @Override public void close() {
        pool.giveBack(database);
        atTheEnd.run();
    }
}

package grading.host;

import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import lab.Database;
import lab.Databases;
import lab.LabException;
import lab.Meanwhile;
import lab.Progress;
import lesson.Exercise;
import timing.Phases;

/** The template database of each exercise, made by its preparation when it is first asked for. */
final class Templates {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private final Progress progress;
    private final Databases databases;
    private final Map<String, Template> made = new HashMap<>();

    /** @param source of the preparation, to notice that the author changed it */
    private record Template(String source, Database database) { }

    /** @param progress is told of a preparation that takes long */
    Templates(Progress progress, Databases databases) {
        this.progress = progress;
        this.databases = databases;
    }

    /** @throws LabException where the preparation fails, with its file */
    synchronized Database of(Exercise exercise) {
        var preparation = exercise.preparation();
        try {
            var source = preparation.isPresent() ? Files.readString(preparation.get()) : "";
            var known = made.get(exercise.id());
            if (known != null && known.source().equals(source)) {
                return known.database();
            }
            var database = databases.template("exercise_" + exercise.id(), empty -> prepare(exercise, empty, source));
            databases.shut(database); // or an answer, as the owner, could spoil it for all that follow
            Phases.note("template");
            made.put(exercise.id(), new Template(source, database));
            return database;
        } catch (Exception e) {
            throw new LabException("could not prepare the database of exercise " + exercise.id()
                + preparation.map(file -> " by " + file).orElse("") + ": " + e.getMessage(), e);
        }
    }

    private void prepare(Exercise exercise, Database database, String sql) throws SQLException {
        if (sql.isBlank()) {
            return;
        }
        try (var _ = Meanwhile.after(PATIENCE, () -> progress.say("Preparing the database of exercise " + exercise.id() + " …"));
             var connection = database.owner().connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

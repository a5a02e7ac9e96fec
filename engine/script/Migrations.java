package script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kernel.output.Output;
import lab.Login;
import lab.SeedData;
import lesson.Lesson;
import org.apache.commons.codec.digest.DigestUtils;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * The schema that grows through the course: a lesson's database begins with what the migrations of all lessons before
 * it make, and a lesson ends by running its own.
 */
public final class Migrations {
    /** The first three lessons come to the tables of lesson 03; each of them begins with nothing. */
    private static final String FIRST_ON_TABLES = "04";
    private static final int UUID_V7 = 18;

    private Migrations() { }

    /** What the lesson's database holds when it begins. */
    public static SeedData before(Lesson lesson) {
        return of(lessonsBefore(lesson));
    }

    /** The files that make it, in order of name. */
    public static List<Path> filesBefore(Lesson lesson) {
        return lessonsBefore(lesson).stream().map(Lesson::migrations).filter(Files::isDirectory).flatMap(folder -> files(folder).stream()).toList();
    }

    private static List<Lesson> lessonsBefore(Lesson lesson) {
        return lesson.number().compareTo(FIRST_ON_TABLES) < 0 ? List.of()
            : lesson.home().lessons().stream().filter(other -> other.number().compareTo(lesson.number()) < 0).toList();
    }

    /** What the lesson's database holds when the lesson is over. */
    public static SeedData after(Lesson lesson) {
        return of(upTo(lesson));
    }

    private static List<Lesson> upTo(Lesson lesson) {
        return lesson.home().lessons().stream().filter(other -> other.number().compareTo(lesson.number()) <= 0).toList();
    }

    private static SeedData of(List<Lesson> lessons) {
        var layers = new ArrayList<SeedData.Layer>();
        var folders = new ArrayList<Path>();
        for (var lesson : lessons) {
            if (Files.isDirectory(lesson.migrations())) {
                folders.add(lesson.migrations());
                var below = layers.isEmpty() ? "" : layers.getLast().key();
                var all = List.copyOf(folders);
                layers.add(new SeedData.Layer(key(below, lesson.migrations()), "the database that lesson " + lesson.number() + " leaves",
                    (database, steps) -> prepare(all, database.owner(), steps)));
            }
        }
        return new SeedData(layers);
    }

    /** Of the names and contents of the files, and of what was there before them. */
    private static String key(String below, Path folder) {
        try {
            var digest = DigestUtils.getSha256Digest();
            digest.update(below.getBytes(StandardCharsets.UTF_8));
            for (var file : files(folder)) {
                digest.update((file.getFileName() + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readString(file).replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the migrations in " + folder, e);
        }
    }

    private static List<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the migrations in " + folder, e);
        }
    }

    /** Runs what the lesson adds. Flyway compares the files before with what has run already. */
    static Output.Table run(Lesson lesson, Login owner) throws SQLException {
        var folders = upTo(lesson).stream().map(Lesson::migrations).filter(Files::isDirectory).toList();
        var rows = flyway(folders, owner).load().migrate().migrations.stream()
            .map(ran -> List.of(Optional.of(Path.of(ran.filepath).getFileName().toString()), Optional.of(ran.description))).toList();
        return new Output.Table(List.of(new Output.Table.Column("file", "text"), new Output.Table.Column("description", "text")), rows, false);
    }

    private static void prepare(List<Path> folders, Login owner, SeedData.Steps steps) throws SQLException {
        var pending = flyway(folders, owner).load().info().pending().length;
        flyway(folders, owner).callbacks(new MigrationSteps(pending, steps)).load().migrate();
    }

    private static FluentConfiguration flyway(List<Path> folders, Login owner) throws SQLException {
        var flyway = Flyway.configure()
            .dataSource(owner.url(), owner.user(), owner.password())
            .locations(folders.stream().map(folder -> "filesystem:" + folder).toArray(String[]::new))
            .placeholders(Map.of("new_id", major(owner) < UUID_V7 ? "gen_random_uuid()" : "uuidv7()"));
        // Or an index that is created concurrently would wait for the transaction that holds Flyway's own lock.
        flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
        return flyway;
    }

    private static int major(Login login) throws SQLException {
        try (var connection = login.connect()) {
            return connection.getMetaData().getDatabaseMajorVersion();
        }
    }
}

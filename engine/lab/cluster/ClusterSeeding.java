package lab.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.TreeMap;
import lab.Database;
import lab.LessonDatabase;
import lab.Login;
import lab.Progress;
import lab.SeedData;
import lab.ServerSettings;
import lab.SqlErrors;
import lab.os.Guard;
import lab.os.Passwords;
import lab.os.Waiting;

/** Adds a layer of seed data to a copy of a template, which makes it another template. */
record ClusterSeeding(Path binaries) {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /**
     * @param folder with {@code data/} and the file of passwords, used by nobody else
     * @param doing  what is done, for the lines that say how far it is
     */
    void seed(Path folder, SeedData.Layer layer, String doing, Progress progress) throws IOException {
        var settings = new TreeMap<>(ServerSettings.OF_EVERY_SERVER);
        settings.putAll(SeedData.SETTINGS);
        var passwords = Passwords.read(folder.resolve(Passwords.FILE));
        try (var cluster = Cluster.start(binaries, folder, settings, Guard.Ending.KEEP)) {
            var admin = new Login("jdbc:postgresql://127.0.0.1:" + cluster.port() + "/postgres", "postgres", passwords.admin());
            var database = Database.of(LessonDatabase.NAME, admin, passwords.roles());
            SeedData.prepare(admin, database, layer, doing, progress);
            resetStatistics(database);
            SeedData.vacuum(admin, database, progress);
        }
        ClusterTemplate.tidy(folder);
    }

    /** A lesson that counts index scans begins at 0. The sessions that made the data must be gone first: they report when they end. */
    private static void resetStatistics(Database database) {
        try (var connection = database.admin().connect(); var statement = connection.createStatement()) {
            var end = System.nanoTime() + TIMEOUT.toNanos();
            while (System.nanoTime() < end) {
                try (var others = statement.executeQuery("select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")) {
                    if (!others.next()) {
                        break;
                    }
                }
                Waiting.briefly();
            }
            statement.execute("select pg_stat_reset()");
        } catch (SQLException e) {
            throw new SeedData.Failed("could not reset the statistics: " + SqlErrors.describe(e), e);
        }
    }
}

package lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lab.LabException;
import lab.LessonDatabase;
import lab.Login;
import lab.ServerSettings;
import lab.os.FolderSize;
import lab.os.Guard;
import lab.os.Passwords;

/** Makes the cluster that every run copies: initdb, the roles of the course and an empty database for the lesson. */
final class ClusterTemplate {
    /** Part of the template's place in the cache. Raise it when what {@link #make} makes changes. */
    static final int RECIPE = 4;
    static final String INVENTORY = "inventory";
    static final List<String> LEFT_BY_A_SERVER = List.of(Guard.LOG, Guard.EXITED, "pid", "guard.log", "data/postmaster.pid");
    private static final List<String> SETTINGS = List.of("PG_VERSION", "postgresql.conf", "postgresql.auto.conf", "pg_hba.conf", "pg_ident.conf", "pg_xact/0000");
    private static final Duration SURELY_AGO = Duration.ofSeconds(5);

    private final Path binaries;
    private final int major;

    ClusterTemplate(Path binaries, int major) {
        this.binaries = binaries;
        this.major = major;
    }

    /** Makes {@code data/} and the file of passwords in {@code folder}. Takes about a second, most of it initdb's. */
    void make(Path folder) throws IOException {
        var passwords = Passwords.random();
        passwords.write(folder.resolve(Passwords.FILE));
        new Initdb(binaries, major).into(folder, passwords.admin(), List.of());
        // A clean stop matters here: every copy starts from what this one leaves on disk.
        try (var cluster = Cluster.start(binaries, folder, ServerSettings.OF_EVERY_SERVER, Guard.Ending.KEEP)) {
            var admin = new Login("jdbc:postgresql://127.0.0.1:" + cluster.port() + "/postgres", "postgres", passwords.admin());
            LessonDatabase.prepare(admin, passwords.roles());
            try (var connection = admin.connect()) {
                LessonDatabase.quicken(connection, "postgres", passwords.admin());
            }
        } catch (SQLException e) {
            throw new LabException("could not prepare the cluster in " + folder + ": " + e.getMessage(), e);
        }
        tidy(folder);
    }

    /** Makes a template of a folder whose server was stopped. */
    static void tidy(Path folder) throws IOException {
        for (var leftover : LEFT_BY_A_SERVER) {
            Files.deleteIfExists(folder.resolve(leftover));
        }
        FolderSize.of(tables(folder)).write(folder.resolve(INVENTORY));
    }

    /** Whether what changed since has another time on every file system, also on those that count in seconds. */
    static boolean isOlderThanAnyChange(Path template, Instant change) throws IOException {
        return Files.getLastModifiedTime(template.resolve(INVENTORY)).toInstant().plus(SURELY_AGO).isBefore(change);
    }

    /** What a server does not change by starting. */
    static List<Path> tables(Path folder) {
        return List.of(folder.resolve("data/base"), folder.resolve("data/global"));
    }

    /** Whether no small file was written since the template was complete; what is wrong in one may show in no error. */
    static boolean hasOldSettings(Path template, Path folder) {
        try {
            var complete = Files.getLastModifiedTime(template.resolve(INVENTORY)).toMillis();
            for (var file : SETTINGS) {
                if (Files.getLastModifiedTime(folder.resolve("data").resolve(file)).toMillis() > complete) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

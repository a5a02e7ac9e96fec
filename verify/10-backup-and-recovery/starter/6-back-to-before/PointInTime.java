import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import javax.sql.DataSource;

/** A base backup of a running server, and the way back to a moment. */
public class PointInTime {
    /**
     * @param server a pool; its sessions may do everything
     * @param data   the data folder of that server, which runs
     * @param backup the folder that shall be the backup; the folder around it is there
     */
    public static void backup(DataSource server, Path data, Path backup) throws IOException, SQLException {
        try (var session = server.getConnection(); var statement = session.createStatement()) {
            statement.execute("select pg_backup_start('PointInTime', true)");
        }
        try (var all = Files.walk(data)) {
            for (var path : all.toList()) {
                Files.copy(path, backup.resolve(data.relativize(path)));
            }
        }
        try (var session = server.getConnection(); var statement = session.createStatement()) {
            statement.execute("select labelfile, spcmapfile from pg_backup_stop()");
        }
    }

    /**
     * @param copy     a copy of a backup, not started yet
     * @param archive  the folder of the WAL archive, an absolute path
     * @param disaster when that was committed which must not be in it, to the microsecond
     */
    public static void prepare(Path copy, Path archive, Instant disaster) throws IOException {
        var time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault()).format(disaster);
        Files.createFile(copy.resolve("recovery.signal"));
        Files.writeString(copy.resolve("postgresql.auto.conf"),
            "restore_command = 'cp " + archive + "/%f %p'\nrecovery_target_time = '" + time + "'\n");
    }
}

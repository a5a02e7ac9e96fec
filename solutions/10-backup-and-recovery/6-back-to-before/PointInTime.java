import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** A base backup of a running server, and the way back to a moment. */
public class PointInTime {
    /** What belongs to the process that runs, and not to the data. */
    private static final Set<String> OF_THE_PROCESS = Set.of("postmaster.pid", "postmaster.opts");

    /** What is in these is made anew when a server starts, or comes from the archive. */
    private static final List<String> EMPTY = List.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_serial", "pg_snapshots",
        "pg_stat_tmp", "pg_subtrans");

    /**
     * @param server a pool; its sessions may do everything
     * @param data   the data folder of that server, which runs
     * @param backup the folder that shall be the backup; the folder around it is there
     */
    public static void backup(DataSource server, Path data, Path backup) throws IOException, SQLException {
        if (Files.exists(backup, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(backup.toString());
        }
        // Beside it, where a move is a rename; the new folder is for nobody else's eyes.
        var part = Files.createTempDirectory(backup.toAbsolutePath().getParent(), ".part-");
        try {
            // One session, from the start to the stop.
            try (var session = server.getConnection(); var statement = session.createStatement()) {
                copyBetween(statement, data, part);
            }
            Files.move(part, backup); // whole, or not there at all
        } finally {
            delete(part);
        }
    }

    private static void copyBetween(Statement statement, Path data, Path part) throws IOException, SQLException {
        statement.execute("select pg_backup_start('PointInTime', true)"); // true: a checkpoint now, not in minutes
        try {
            copy(data, part);
            try (var stop = statement.executeQuery("select labelfile, spcmapfile from pg_backup_stop()")) { // waits for the archive
                stop.next();
                Files.writeString(part.resolve("backup_label"), stop.getString("labelfile"));
                if (!stop.getString("spcmapfile").isEmpty()) {
                    Files.writeString(part.resolve("tablespace_map"), stop.getString("spcmapfile"));
                }
            }
        } catch (IOException | SQLException | RuntimeException | Error e) {
            stopAnyway(statement, e);
            throw e;
        }
    }

    /** The session goes back into a pool; the next one who gets it must be able to start. */
    private static void stopAnyway(Statement statement, Throwable reason) {
        try {
            statement.execute("select pg_backup_stop(false)");
        } catch (SQLException e) {
            reason.addSuppressed(e); // the session is gone, or has stopped before
        }
    }

    private static void copy(Path data, Path part) throws IOException {
        Files.walkFileTree(data, new SimpleFileVisitor<>() {
            @Override public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) throws IOException {
                var name = data.relativize(folder).toString();
                if (EMPTY.contains(name) || isTemporary(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(part.resolve(name));
                return FileVisitResult.CONTINUE;
            }

            @Override public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
                var name = data.relativize(file).toString();
                // No regular file: a link to a folder, pg_wal on another disk or a tablespace, which tablespace_map brings back.
                if (!OF_THE_PROCESS.contains(name) && !isTemporary(file) && Files.isRegularFile(file)) {
                    try {
                        Files.copy(file, part.resolve(name));
                    } catch (NoSuchFileException e) {
                        // vanished since it was listed, as files of dropped tables do; the WAL knows
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException && !file.equals(data)) {
                    return FileVisitResult.CONTINUE;
                }
                throw e; // there, and cannot be read
            }
        });
        for (var name : EMPTY) {
            Files.createDirectories(part.resolve(name));
        }
    }

    private static boolean isTemporary(Path path) {
        return path.getFileName().toString().startsWith("pgsql_tmp");
    }

    private static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return; // it has its name by now
        }
        try (var all = Files.walk(folder)) {
            for (var path : all.toList().reversed()) { // what is inside comes first
                Files.delete(path);
            }
        }
    }

    /**
     * @param copy     a copy of a backup, not started yet
     * @param archive  the folder of the WAL archive, an absolute path
     * @param disaster when that was committed which must not be in it, to the microsecond
     */
    public static void prepare(Path copy, Path archive, Instant disaster) throws IOException {
        var settings = String.join("\n", "",   // the last line of the file may have no end
            "restore_command = " + quoted("cp " + shellWord(archive.toString().replace("%", "%%")) + "/%f \"%p\""),
            "recovery_target_time = " + quoted(disaster.toString().replace("Z", "+00")),   // this setting knows no abbreviation of a zone
            "recovery_target_inclusive = off",
            "recovery_target_action = pause",
            "archive_mode = off", "");   // two histories do not go into one archive
        // The file of "alter system": it has the last word, and in it the last line.
        Files.writeString(copy.resolve("postgresql.auto.conf"), settings, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.write(copy.resolve("recovery.signal"), new byte[0]);
    }

    private static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private static String shellWord(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}

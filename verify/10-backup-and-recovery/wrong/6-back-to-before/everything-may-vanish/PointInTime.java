import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;

/** A base backup of a running server, and the way back to a moment. */
public class PointInTime {
    /** Folders of the data folder that are there, and empty. */
    private static final Set<String> EMPTY = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_serial",
        "pg_snapshots", "pg_stat_tmp", "pg_subtrans");

    /** Files of the data folder that belong to the running server, or are written from what the server returns. */
    private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts", "backup_label", "tablespace_map");

    /**
     * @param server a pool; its sessions may do everything
     * @param data   the data folder of that server, which runs
     * @param backup the folder that shall be the backup; the folder around it is there
     */
    public static void backup(DataSource server, Path data, Path backup) throws IOException, SQLException {
        refuseExisting(backup);
        var around = backup.toAbsolutePath().getParent();
        var unfinished = Files.createTempDirectory(around, ".unfinished-backup-");
        try {
            try (var session = server.getConnection()) {
                copyInBackupMode(session, data, unfinished);
            }
            refuseExisting(backup);
            Files.move(unfinished, backup);
        } catch (Throwable failure) {
            try {
                delete(unfinished);
            } catch (IOException | RuntimeException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }

    private static void refuseExisting(Path backup) throws IOException {
        if (Files.exists(backup, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(backup.toString());
        }
    }

    private static void copyInBackupMode(Connection session, Path data, Path target) throws IOException, SQLException {
        if (!session.getAutoCommit()) {
            session.setAutoCommit(true); // so that no failure stands in the way of the stop
        }
        String label;
        String map;
        try (var statement = session.createStatement()) {
            statement.execute("select pg_backup_start('PointInTime', true)");
            copy(data, target);
            // waits until all WAL from the start to here is archived
            try (var stopped = statement.executeQuery("select labelfile, spcmapfile from pg_backup_stop(true)")) {
                stopped.next();
                label = stopped.getString(1);
                map = stopped.getString(2);
            }
        } catch (Throwable failure) {
            try (var statement = session.createStatement()) {
                statement.execute("select pg_backup_stop(false)");
            } catch (SQLException | RuntimeException e) {
                failure.addSuppressed(e); // it was not in backup mode any more, or the session is gone
            }
            throw failure;
        }
        Files.write(target.resolve("backup_label"), label.getBytes(StandardCharsets.UTF_8));
        if (map != null && !map.isEmpty()) {
            Files.write(target.resolve("tablespace_map"), map.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void copy(Path data, Path target) throws IOException {
        for (var name : EMPTY) {
            makeFolder(target.resolve(name));
        }
        var tablespaces = data.resolve("pg_tblspc");
        Files.walkFileTree(data, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.equals(data)) {
                    return FileVisitResult.CONTINUE;
                }
                if (leftOut(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                var to = target.resolve(data.relativize(folder));
                try {
                    if (tablespaces.equals(folder.getParent()) && Files.isSymbolicLink(folder)) {
                        Files.copy(folder, to, LinkOption.NOFOLLOW_LINKS); // what is behind it, somebody else copies
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    makeFolder(to);
                } catch (NoSuchFileException e) {
                    // vanished
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (leftOut(file) || attributes.isOther()) { // a socket has no content
                    return FileVisitResult.CONTINUE;
                }
                var to = target.resolve(data.relativize(file));
                try {
                    if (attributes.isSymbolicLink()) { // to nothing, or it would have been followed
                        Files.copy(file, to, LinkOption.NOFOLLOW_LINKS);
                    } else {
                        Files.copy(file, to);
                    }
                } catch (NoSuchFileException e) {
                    // vanished
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (leftOut(file) || e instanceof NoSuchFileException) { // it has vanished
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                if (e != null && !(e instanceof NoSuchFileException)) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }

            private boolean leftOut(Path path) {
                if (path.equals(data)) {
                    return false;
                }
                var name = path.getFileName().toString();
                return name.startsWith("pgsql_tmp")
                    || path.getParent().equals(data) && (EMPTY.contains(name) || LEFT_OUT.contains(name));
            }
        });
    }

    private static void makeFolder(Path folder) throws IOException {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * @param copy     a copy of a backup, not started yet
     * @param archive  the folder of the WAL archive, an absolute path
     * @param disaster when that was committed which must not be in it, to the microsecond
     */
    public static void prepare(Path copy, Path archive, Instant disaster) throws IOException {
        // PostgreSQL replaces %f and %p, and %% by one %
        var command = "cp -- " + forShell(archive.toString().replace("%", "%%") + "/") + "%f \"%p\"";
        // The last of several settings with one name counts. There may be one target alone: the others go first.
        var settings = "\n"
            + setting("restore_command", command)
            + setting("archive_mode", "off")
            + setting("hot_standby", "on")
            + setting("recovery_target", "")
            + setting("recovery_target_name", "")
            + setting("recovery_target_xid", "")
            + setting("recovery_target_lsn", "")
            + setting("recovery_target_time", TIME.format(disaster))
            + setting("recovery_target_inclusive", "off")
            + setting("recovery_target_action", "pause")
            + setting("recovery_target_timeline", "latest");
        Files.write(copy.resolve("postgresql.auto.conf"), settings.getBytes(StandardCharsets.UTF_8),
            StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.write(copy.resolve("recovery.signal"), new byte[0]);
    }

    private static String forShell(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static String setting(String name, String value) {
        return name + " = '" + value.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n") + "'\n";
    }
}

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
    private static final Set<String> EMPTY = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_serial",
        "pg_snapshots", "pg_stat_tmp", "pg_subtrans");
    private static final Set<String> NOT_COPIED = Set.of("postmaster.pid", "postmaster.opts", "backup_label", "tablespace_map");

    /**
     * @param server a pool; its sessions may do everything
     * @param data   the data folder of that server, which runs
     * @param backup the folder that shall be the backup; the folder around it is there
     */
    public static void backup(DataSource server, Path data, Path backup) throws IOException, SQLException {
        if (Files.exists(backup, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(backup.toString());
        }
        var part = Files.createTempDirectory(backup.toAbsolutePath().getParent(), ".backup");
        var done = false;
        try {
            try (var session = server.getConnection()) {
                backUp(session, data, part);
            }
            Files.move(part, backup);
            done = true;
        } finally {
            if (!done) {
                delete(part);
            }
        }
    }

    private static void backUp(Connection session, Path data, Path part) throws IOException, SQLException {
        var stopped = false;
        try (var statement = session.createStatement()) {
            statement.execute("select pg_backup_start('PointInTime', true)");
            copy(data, part);
            try (var row = statement.executeQuery("select labelfile, spcmapfile from pg_backup_stop(true)")) {
                row.next();
                var label = row.getString(1);
                var map = row.getString(2);
                Files.writeString(part.resolve("backup_label"), label, StandardCharsets.UTF_8);
                if (map != null && !map.isEmpty()) {
                    Files.writeString(part.resolve("tablespace_map"), map, StandardCharsets.UTF_8);
                }
            }
            stopped = true;
        } finally {
            if (!stopped) {
                stop(session);
            }
        }
    }

    /** After a failure; there may be nothing to stop, or no session any more. */
    private static void stop(Connection session) {
        try {
            if (!session.getAutoCommit()) {
                session.rollback();
            }
            try (var statement = session.createStatement()) {
                statement.execute("select pg_backup_stop(false)");
            }
        } catch (SQLException e) {
            // Not in backup mode, or broken: the failure before says more.
        }
    }

    private static void copy(Path data, Path part) throws IOException {
        var tablespaces = data.resolve("pg_tblspc");
        Files.walkFileTree(data, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.equals(data)) {
                    return FileVisitResult.CONTINUE;
                }
                if (temporary(folder) || EMPTY.contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (tablespaces.equals(folder.getParent()) && Files.isSymbolicLink(folder)) {
                    link(folder);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectory(target(folder));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var name = file.getFileName().toString();
                if (temporary(file) || isTop(file) && (EMPTY.contains(name) || NOT_COPIED.contains(name))) {
                    return FileVisitResult.CONTINUE;
                }
                if (attributes.isSymbolicLink()) {
                    link(file);
                } else if (!attributes.isOther()) {
                    try {
                        Files.copy(file, target(file));
                    } catch (NoSuchFileException e) {
                        failUnlessVanished(e, file);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (isTop(file) && EMPTY.contains(file.getFileName().toString())) {
                    return FileVisitResult.CONTINUE;
                }
                if (isTop(file) && NOT_COPIED.contains(file.getFileName().toString()) || temporary(file)) {
                    return FileVisitResult.CONTINUE;
                }
                if (tablespaces.equals(file.getParent()) && Files.isSymbolicLink(file)) {
                    link(file);
                    return FileVisitResult.CONTINUE;
                }
                if (e instanceof NoSuchFileException && !file.equals(data)) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                if (e != null && !(e instanceof NoSuchFileException && !folder.equals(data))) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }

            private Path target(Path path) {
                return part.resolve(data.relativize(path));
            }

            private boolean isTop(Path path) {
                return data.equals(path.getParent());
            }

            private boolean temporary(Path path) {
                return !path.equals(data) && path.getFileName().toString().startsWith("pgsql_tmp");
            }

            private void link(Path path) throws IOException {
                try {
                    Files.copy(path, target(path), LinkOption.NOFOLLOW_LINKS);
                } catch (NoSuchFileException e) {
                    failUnlessVanished(e, path);
                }
            }

            private void failUnlessVanished(NoSuchFileException e, Path path) throws IOException {
                if (!Files.isDirectory(target(path).getParent())) {
                    throw e;
                }
            }
        });
        // Some are links, some may be missing.
        for (var name : EMPTY) {
            Files.createDirectory(part.resolve(name));
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * @param copy     a copy of a backup, not started yet
     * @param archive  the folder of the WAL archive, an absolute path
     * @param disaster when that was committed which must not be in it, to the microsecond
     */
    public static void prepare(Path copy, Path archive, Instant disaster) throws IOException {
        var time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT).withZone(ZoneOffset.UTC).format(disaster) + "+00";
        var folder = archive.toString().replace("%", "%%").replace("'", "'\\''");
        var settings = "\n"
            + setting("restore_command", "cp '" + folder + "'/%f \"%p\"")
            + setting("archive_mode", "off")
            + setting("recovery_target", "")
            + setting("recovery_target_name", "")
            + setting("recovery_target_xid", "")
            + setting("recovery_target_lsn", "")
            + setting("recovery_target_time", time)
            + setting("recovery_target_inclusive", "off")
            + setting("recovery_target_timeline", "latest")
            + setting("recovery_target_action", "pause")
            + setting("hot_standby", "on");
        // The last one of a name counts.
        Files.writeString(copy.resolve("postgresql.auto.conf"), settings, StandardCharsets.UTF_8,
            StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.writeString(copy.resolve("recovery.signal"), "", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String setting(String name, String value) {
        return name + " = '" + value.replace("\\", "\\\\").replace("'", "''") + "'\n";
    }
}

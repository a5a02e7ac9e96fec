import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** A base backup of a running server, and the way back to a moment. */
public class PointInTime {
    private static final Set<String> EMPTY = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_serial",
        "pg_snapshots", "pg_stat_tmp", "pg_subtrans");
    private static final Set<String> NOT_COPIED = Set.of("postmaster.pid", "postmaster.opts");

    private record Stopped(String label, String tablespaces) { }

    /**
     * @param server a pool; its sessions may do everything
     * @param data   the data folder of that server, which runs
     * @param backup the folder that shall be the backup; the folder around it is there
     */
    public static void backup(DataSource server, Path data, Path backup) throws IOException, SQLException {
        var target = backup.toAbsolutePath();
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        var part = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectory(part);
            var stopped = copyWithin(server, data, part);
            Files.write(part.resolve("backup_label"), stopped.label().getBytes(StandardCharsets.UTF_8));
            if (stopped.tablespaces() != null && !stopped.tablespaces().isEmpty()) {
                Files.write(part.resolve("tablespace_map"), stopped.tablespaces().getBytes(StandardCharsets.UTF_8));
            }
            Files.move(part, target);
        } catch (Throwable e) {
            try {
                delete(part);
            } catch (IOException f) {
                e.addSuppressed(f);
            }
            throw e;
        }
    }

    private static Stopped copyWithin(DataSource server, Path data, Path part) throws IOException, SQLException {
        try (var session = server.getConnection()) {
            boolean running = true;
            try (var statement = session.createStatement()) {
                statement.execute("select pg_backup_start('PointInTime', true)");
                copy(data, part);
                try (var row = statement.executeQuery("select labelfile, spcmapfile from pg_backup_stop(true)")) {
                    row.next();
                    var stopped = new Stopped(row.getString(1), row.getString(2));
                    running = false;
                    return stopped;
                }
            } finally {
                if (running) {
                    leaveBackupMode(session);
                }
            }
        }
    }

    /** Nobody else shall get a session that is in backup mode: if it cannot be ended, the session is. */
    private static void leaveBackupMode(Connection session) throws SQLException {
        try {
            if (!session.getAutoCommit()) {
                session.rollback();
            }
            try (var statement = session.createStatement()) {
                statement.execute("select pg_backup_stop(false)");
            }
        } catch (SQLException e) {
            if (!"55000".equals(e.getSQLState())) {   // it is not in backup mode any more
                session.abort(Runnable::run);
            }
        }
    }

    private static void copy(Path data, Path part) throws IOException {
        // Links stay links: what they lead to is elsewhere, and somebody else copies it.
        Files.walkFileTree(data, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                var path = data.relativize(folder);
                if (folder.equals(data)) {
                    Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(data));
                    return FileVisitResult.CONTINUE;
                }
                if (temporary(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                try {
                    var permissions = Files.getPosixFilePermissions(folder);
                    var copied = Files.createDirectory(part.resolve(path));
                    Files.setPosixFilePermissions(copied, permissions);
                } catch (NoSuchFileException e) {
                    ifGone(folder, e);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return EMPTY.contains(path.toString()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var path = data.relativize(file);
                if (!temporary(file) && !NOT_COPIED.contains(path.toString()) && !attributes.isOther()) {
                    copyFile(file, part.resolve(path));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (!(e instanceof NoSuchFileException) || file.equals(data)) {
                    throw e;
                }
                ifGone(file, e);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    ifGone(folder, e);
                } else if (e != null) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        for (var name : EMPTY) {
            if (!Files.exists(part.resolve(name))) {
                Files.setPosixFilePermissions(Files.createDirectory(part.resolve(name)), Files.getPosixFilePermissions(data));
            }
        }
    }

    private static boolean temporary(Path path) {
        return path.getFileName().toString().startsWith("pgsql_tmp");
    }

    private static void copyFile(Path from, Path to) throws IOException {
        try {
            if (Files.isSymbolicLink(from) && (Files.isDirectory(from) || !Files.exists(from))) {
                Files.copy(from, to, LinkOption.NOFOLLOW_LINKS);
            } else {
                Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (NoSuchFileException e) {
            ifGone(from, e);
        }
    }

    /** The server may remove what it likes; anything else that is not found is a failure. */
    private static void ifGone(Path path, IOException e) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw e;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, IOException e) throws IOException {
                Files.delete(path);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static final DateTimeFormatter MOMENT =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * @param copy     a copy of a backup, not started yet
     * @param archive  the folder of the WAL archive, an absolute path
     * @param disaster when that was committed which must not be in it, to the microsecond
     */
    public static void prepare(Path copy, Path archive, Instant disaster) throws IOException {
        var shell = "'" + archive.toString().replace("'", "'\\''").replace("%", "%%") + "'";
        // Of each setting the last line counts.
        var settings = """

            restore_command = %s
            recovery_target = ''
            recovery_target_lsn = ''
            recovery_target_name = ''
            recovery_target_xid = ''
            recovery_target_time = %s
            recovery_target_inclusive = off
            recovery_target_action = 'pause'
            hot_standby = on
            archive_mode = off
            """.formatted(setting("cp " + shell + "/%f \"%p\""), setting(MOMENT.format(disaster)));
        Files.writeString(copy.resolve("postgresql.auto.conf"), settings, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.write(copy.resolve("recovery.signal"), new byte[0]);
    }

    private static String setting(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}

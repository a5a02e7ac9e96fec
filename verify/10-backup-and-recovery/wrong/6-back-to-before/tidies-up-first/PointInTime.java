import java.io.ByteArrayOutputStream;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;

/** A base backup of a running server, and the way back to a moment. */
public class PointInTime {
    private static final Set<String> EMPTY = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify",
        "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans");
    private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts");

    /**
     * @param server a pool; its sessions may do everything
     * @param data   the data folder of that server, which runs
     * @param backup the folder that shall be the backup; the folder around it is there
     */
    public static void backup(DataSource server, Path data, Path backup) throws IOException, SQLException {
        if (Files.exists(backup, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(backup.toString());
        }
        // no backup yet: that is what it becomes by its name
        var half = backup.resolveSibling(backup.getFileName() + ".partial");
        if (Files.exists(half, LinkOption.NOFOLLOW_LINKS)) {
            delete(half); // of a run that was killed
        }
        Files.createDirectory(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var moved = false;
        try {
            try (var session = server.getConnection()) {
                copyInBackupMode(session, data, half);
            }
            Files.move(half, backup);
            moved = true;
        } finally {
            if (!moved) {
                delete(half);
            }
        }
    }

    private static void copyInBackupMode(Connection session, Path data, Path half) throws IOException, SQLException {
        var stopped = false;
        try (var statement = session.createStatement()) {
            try {
                statement.execute("select pg_backup_start('PointInTime', true)");
                Files.walkFileTree(data, new Copy(data, half));
                for (var folder : EMPTY) {
                    Files.createDirectories(half.resolve(folder));
                }
                try (var row = statement.executeQuery("select labelfile, spcmapfile from pg_backup_stop(true)")) {
                    row.next();
                    stopped = true;
                    Files.writeString(half.resolve("backup_label"), row.getString(1));
                    var map = row.getString(2);
                    if (map != null && !map.isEmpty()) {
                        Files.writeString(half.resolve("tablespace_map"), map);
                    }
                }
            } finally {
                if (!stopped) {
                    try {
                        statement.execute("select pg_backup_stop(false)");
                    } catch (SQLException e) {
                        // not in backup mode, or no session any more
                    }
                }
            }
        }
    }

    private static class Copy extends SimpleFileVisitor<Path> {
        private final Path data;
        private final Path half;

        Copy(Path data, Path half) {
            this.data = data;
            this.half = half;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (folder.equals(data)) {
                return FileVisitResult.CONTINUE;
            }
            if (folder.getFileName().toString().startsWith("pgsql_tmp")) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(half.resolve(data.relativize(folder)));
            return atTheTop(folder) && EMPTY.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            var name = file.getFileName().toString();
            if (name.startsWith("pgsql_tmp") || attributes.isOther()
                    || atTheTop(file) && (LEFT_OUT.contains(name) || EMPTY.contains(name))) {
                return FileVisitResult.CONTINUE; // EMPTY: pg_wal may be a link
            }
            try {
                var target = half.resolve(data.relativize(file));
                if (attributes.isSymbolicLink() && Files.isDirectory(file)) {
                    Files.copy(file, target, LinkOption.NOFOLLOW_LINKS);
                } else {
                    Files.copy(file, target);
                }
            } catch (NoSuchFileException e) {
                unlessVanished(file, e);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            var name = file.getFileName().toString();
            if (!file.equals(data) && (name.startsWith("pgsql_tmp")
                    || atTheTop(file) && LEFT_OUT.contains(name))) {
                return FileVisitResult.CONTINUE;
            }
            if (atTheTop(file) && EMPTY.contains(name)) {
                return FileVisitResult.CONTINUE;
            }
            unlessVanished(file, e);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            if (e != null) {
                unlessVanished(folder, e);
            }
            return FileVisitResult.CONTINUE;
        }

        private void unlessVanished(Path path, IOException e) throws IOException {
            // of the server's files, and not of those of the backup
            var vanished = e instanceof NoSuchFileException missing && path.toString().equals(missing.getFile());
            if (path.equals(data) || !vanished) {
                throw e;
            }
        }

        private boolean atTheTop(Path path) {
            return data.equals(path.getParent());
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
            public FileVisitResult postVisitDirectory(Path done, IOException e) throws IOException {
                Files.delete(done);
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
        var time = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC).format(disaster);
        // for the shell an apostrophe stands in quotes of the other kind; % is the server's own sign
        var from = "'" + archive.toString().replace("%", "%%").replace("'", "'\"'\"'") + "'";
        var settings = new StringBuilder("\n");
        // only one target may be set; these come first
        for (var target : new String[] {"", "_name", "_xid", "_lsn"}) {
            set(settings, "recovery_target" + target, "");
        }
        set(settings, "recovery_target_time", time);
        set(settings, "recovery_target_inclusive", "off");
        set(settings, "recovery_target_action", "pause");
        set(settings, "recovery_target_timeline", "latest");
        set(settings, "hot_standby", "on");
        set(settings, "restore_command", "cp " + from + "/%f \"%p\"");
        set(settings, "archive_mode", "off");

        var file = copy.resolve("postgresql.auto.conf");
        var all = new ByteArrayOutputStream();
        if (Files.exists(file)) {
            all.write(Files.readAllBytes(file)); // whatever its encoding is
        }
        all.write(settings.toString().getBytes(StandardCharsets.UTF_8)); // the last line of a name counts
        var next = copy.resolve("postgresql.auto.conf.next");
        Files.write(next, all.toByteArray());
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        Files.write(copy.resolve("recovery.signal"), new byte[0], StandardOpenOption.CREATE);
    }

    private static void set(StringBuilder settings, String name, String value) {
        settings.append(name).append(" = '").append(value.replace("\\", "\\\\").replace("'", "''")).append("'\n");
    }
}

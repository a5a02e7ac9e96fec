import java.io.IOException;
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
    private static final Set<String> EMPTY = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify",
        "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans");

    /**
     * @param server a pool; its sessions may do everything
     * @param data   the data folder of that server, which runs
     * @param backup the folder that shall be the backup; the folder around it is there
     */
    public static void backup(DataSource server, Path data, Path backup) throws IOException, SQLException {
        if (Files.exists(backup, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(backup.toString());
        }
        var unfinished = Files.createTempDirectory(backup.toAbsolutePath().getParent(), "unfinished-");
        var done = false;
        try {
            fill(server, data, unfinished);
            Files.move(unfinished, backup);
            done = true;
        } finally {
            if (!done) {
                delete(unfinished);
            }
        }
    }

    private static void fill(DataSource server, Path data, Path target) throws IOException, SQLException {
        try (var session = server.getConnection(); var statement = session.createStatement()) {
            var stopped = false;
            try {
                statement.execute("select pg_backup_start('PointInTime', true)");
                copy(data, target);
                String label;
                String map;
                try (var row = statement.executeQuery("select labelfile, spcmapfile from pg_backup_stop(true)")) {
                    row.next();
                    label = row.getString(1);
                    map = row.getString(2);
                }
                stopped = true;
                Files.writeString(target.resolve("backup_label"), label);
                if (map != null && !map.isEmpty()) {
                    Files.writeString(target.resolve("tablespace_map"), map);
                }
            } finally {
                if (!stopped) {
                    try {
                        statement.execute("select pg_backup_stop(false)");
                    } catch (SQLException e) {
                        // it never began, is over, or the session is broken
                    }
                }
            }
        }
    }

    private static void copy(Path data, Path target) throws IOException {
        for (var name : EMPTY) {
            Files.createDirectory(target.resolve(name));
        }
        Files.walkFileTree(data, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            @Override public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                var path = data.relativize(folder);
                if (folder.equals(data)) {
                    return FileVisitResult.CONTINUE;
                }
                if (leftOut(path)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (tablespace(data, path)) {
                    copyLink(folder, target.resolve(path.toString()));
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectory(target.resolve(path.toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var path = data.relativize(file);
                if (leftOut(path) || attributes.isOther()) {
                    return FileVisitResult.CONTINUE;
                }
                if (tablespace(data, path)) {
                    copyLink(file, target.resolve(path.toString()));
                } else {
                    copyFile(file, target.resolve(path.toString()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                var path = data.relativize(file);
                if (!file.equals(data)) {
                    if (e instanceof NoSuchFileException || leftOut(path)) {
                        return FileVisitResult.CONTINUE;
                    }
                    if (tablespace(data, path)) {
                        copyLink(file, target.resolve(path.toString()));
                        return FileVisitResult.CONTINUE;
                    }
                }
                throw e;
            }

            @Override public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                if (e != null && !(e instanceof NoSuchFileException)) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** @param path of a file or folder in the data folder */
    private static boolean leftOut(Path path) {
        var name = path.getFileName().toString();
        return name.startsWith("pgsql_tmp") || path.getNameCount() == 1
            && (EMPTY.contains(name) || name.equals("postmaster.pid") || name.equals("postmaster.opts"));
    }

    private static boolean tablespace(Path data, Path path) {
        return path.getNameCount() == 2 && path.startsWith("pg_tblspc") && Files.isSymbolicLink(data.resolve(path));
    }

    private static void copyLink(Path link, Path target) throws IOException {
        Path leadsTo;
        try {
            leadsTo = Files.readSymbolicLink(link);
        } catch (NoSuchFileException e) {
            return;
        }
        Files.createSymbolicLink(target, leadsTo);
    }

    private static void copyFile(Path file, Path target) throws IOException {
        java.io.InputStream in;
        try {
            in = Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            return; // gone
        }
        try (in) {
            Files.copy(in, target);
        }
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override public FileVisitResult postVisitDirectory(Path emptied, IOException e) throws IOException {
                    Files.delete(emptied);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // what led here is told, and matters more
        }
    }

    /**
     * @param copy     a copy of a backup, not started yet
     * @param archive  the folder of the WAL archive, an absolute path
     * @param disaster when that was committed which must not be in it, to the microsecond
     */
    public static void prepare(Path copy, Path archive, Instant disaster) throws IOException {
        var time = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC).format(disaster);
        var from = archive.toString().replace("%", "%%").replace("'", "'\\''");
        var settings = "\n"
            + setting("restore_command", "cp '" + from + "/%f' \"%p\"")
            + setting("recovery_target_time", time)
            + setting("recovery_target_inclusive", "off")
            + setting("archive_mode", "off");
        Files.writeString(copy.resolve("postgresql.auto.conf"), settings, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var signal = copy.resolve("recovery.signal");
        if (Files.notExists(signal)) {
            Files.createFile(signal);
        }
    }

    private static String setting(String name, String value) {
        return name + " = '" + value.replace("\\", "\\\\").replace("'", "''") + "'\n";
    }
}

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Folder by folder, in the backup's own folder, which goes where anything fails; a session that cannot stop is ended. */
public class PointInTime {
    private static final Pattern EMPTY = Pattern.compile("pg_(wal|replslot|dynshmem|notify|serial|snapshots|stat_tmp|subtrans)");

    public static void backup(DataSource server, Path data, Path backup) throws IOException, SQLException {
        Files.createDirectory(backup); // fails where something is there
        boolean whole = false;
        Connection session = null;
        try {
            session = server.getConnection();
            try (var start = session.prepareStatement("select pg_backup_start(label => ?, fast => ?)")) {
                start.setString(1, "by streams");
                start.setBoolean(2, true);
                start.executeQuery().close();
            }
            folder(data, backup, true);
            try (var stop = session.prepareCall("select * from pg_backup_stop(wait_for_archive => true)"); var rows = stop.executeQuery()) {
                rows.next();
                Files.write(backup.resolve("backup_label"), rows.getString(2).getBytes(StandardCharsets.UTF_8));
                var map = rows.getBytes(3);
                if (map != null && map.length > 0) {
                    Files.write(backup.resolve("tablespace_map"), map);
                }
            }
            whole = true;
        } finally {
            if (session != null) {
                if (!whole) {
                    end(session);
                }
                session.close();
            }
            if (!whole) {
                remove(backup);
            }
        }
    }

    /** With its backend goes the backup mode. */
    private static void end(Connection session) {
        try {
            session.abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException("a session is left in backup mode", e);
        }
    }

    private static void folder(Path from, Path to, boolean top) throws IOException {
        var entries = new ArrayList<Path>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(from)) {
            found.forEach(entries::add);
        } catch (NoSuchFileException e) {
            if (top) {
                throw e;
            }
            return;
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        for (var entry : entries) {
            var name = entry.getFileName().toString();
            if (name.startsWith("pgsql_tmp") || top && (name.equals("postmaster.pid") || name.equals("postmaster.opts"))) {
                continue;
            }
            var target = to.resolve(name);
            if (top && EMPTY.matcher(name).matches()) {
                Files.createDirectory(target);
            } else if (Files.isDirectory(entry)) {
                if (!Files.isSymbolicLink(entry)) {
                    Files.createDirectory(target);
                    folder(entry, target, false);
                }
            } else {
                file(entry, target);
            }
        }
    }

    private static void file(Path from, Path to) throws IOException {
        try (var in = Files.newInputStream(from)) {
            try (var out = Files.newOutputStream(to)) {
                in.transferTo(out);
            }
        } catch (NoSuchFileException | FileNotFoundException e) {
            // gone
        }
    }

    private static void remove(Path folder) {
        try (var all = Files.walk(folder)) {
            var paths = new ArrayList<>(all.toList());
            Collections.reverse(paths);
            for (var path : paths) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void prepare(Path copy, Path archive, Instant disaster) throws IOException {
        var last = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSxxx", Locale.ROOT).format(disaster.minus(1, ChronoUnit.MICROS).atOffset(ZoneOffset.ofHours(2)));
        var auto = copy.resolve("postgresql.auto.conf");
        var lines = new ArrayList<>(Files.readAllLines(auto));
        lines.removeIf(line -> line.matches("\\s*(restore_command|recovery_target_\\w+|archive_mode)\\b.*"));
        lines.add("recovery_target_time='" + last + "'");
        lines.add("recovery_target_inclusive=true");
        lines.add("recovery_target_action='pause'");
        lines.add("archive_mode='off'");
        lines.add("restore_command='cp \"" + archive.toString().replace("'", "''") + "/%f\" \"%p\"'");
        Files.write(auto, lines);
        Files.writeString(copy.resolve("recovery.signal"), "");
    }
}

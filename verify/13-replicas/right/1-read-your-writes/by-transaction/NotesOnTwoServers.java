import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/** Notes that are saved on a primary and read on its standby. */
public class NotesOnTwoServers {
    /** What is left of two seconds is for the primary. */
    private static final long STANDBY_MILLIS = 1_200;
    private static final long PAUSE_MILLIS = 40;

    private final DataSource primary;
    private final DataSource standby;

    public NotesOnTwoServers(DataSource primary, DataSource standby) {
        this.primary = primary;
        this.standby = standby;
    }

    /**
     * Saves a note, in the place of an earlier one with this id.
     *
     * @return the token of whoever saved it
     */
    public String save(int id, String note) throws SQLException {
        try (var connection = primary.getConnection(); var save = connection.prepareStatement(
                "insert into notes values (?, ?) on conflict (id) do update set note = excluded.note"
                        + " returning pg_current_xact_id()::text")) {
            save.setInt(1, id);
            save.setString(2, note);
            try (var saved = save.executeQuery()) {
                saved.next();
                return saved.getString(1);
            }
        }
    }

    /**
     * Finds a note.
     *
     * @param token of the reader's last save; empty where there was none
     */
    public Optional<String> read(int id, String token) throws SQLException {
        var deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STANDBY_MILLIS);
        // The worker closes its connection itself, also when nobody waits for it any more.
        var attempt = new FutureTask<>(() -> askStandby(id, token, deadline));
        Thread.ofVirtual().start(attempt);
        var interrupted = false;
        Answer answer = null;
        try {
            answer = attempt.get(STANDBY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // the primary knows
        } catch (InterruptedException e) {
            interrupted = true;
        }
        try {
            if (answer != null) {
                return answer.note();
            }
            try (var connection = primary.getConnection()) {
                return find(connection, id, 0);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private record Answer(Optional<String> note) { }

    /** What the standby says, or null if it has not come so far. */
    private Answer askStandby(int id, String token, long deadline) throws SQLException, InterruptedException {
        try (var connection = standby.getConnection()) {
            if (System.nanoTime() > deadline) {
                return null;
            }
            var before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, 1_500);
            try {
                while (!token.isEmpty() && !hasReplayed(connection, token)) {
                    if (System.nanoTime() > deadline) {
                        return null;
                    }
                    Thread.sleep(PAUSE_MILLIS);
                }
                return new Answer(find(connection, id, 1));
            } finally {
                if (!connection.isClosed()) {
                    connection.setNetworkTimeout(Runnable::run, before);
                }
            }
        }
    }

    private static boolean hasReplayed(Connection connection, String token) throws SQLException {
        // The commit itself is asked for, not a position in the WAL. A transaction so old that its
        // state is forgotten (null) was finished long ago.
        try (var check = connection.prepareStatement("""
                select case when t.id < pg_snapshot_xmax(pg_current_snapshot())
                            then coalesce(pg_xact_status(t.id), 'committed') = 'committed'
                            else false end
                from (select ?::xid8 as id) as t
                """)) {
            check.setQueryTimeout(1);
            check.setString(1, token);
            try (var checked = check.executeQuery()) {
                return checked.next() && checked.getBoolean(1);
            }
        }
    }

    private static Optional<String> find(Connection connection, int id, int seconds) throws SQLException {
        try (var find = connection.prepareStatement("select note from notes where id = ?")) {
            find.setQueryTimeout(seconds);
            find.setInt(1, id);
            try (var found = find.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        }
    }
}

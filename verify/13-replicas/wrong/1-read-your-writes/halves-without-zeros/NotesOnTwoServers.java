import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/** Notes that are saved on a primary and read on its standby. */
public class NotesOnTwoServers {
    /** How long a reader waits for a connection to the standby, and then for its replay. */
    private static final long CONNECT_MILLIS = 900;
    private static final long REPLAY_MILLIS = 400;
    private static final long PAUSE_MILLIS = 20;

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
        try (var connection = primary.getConnection()) {
            try (var save = connection.prepareStatement(
                    "insert into notes values (?, ?) on conflict (id) do update set note = excluded.note")) {
                save.setInt(1, id);
                save.setString(2, note);
                save.executeUpdate();
            }
            // a statement of its own: the commit is in the WAL by now, and before this position
            try (var ask = connection.createStatement(); var position = ask.executeQuery("select pg_current_wal_insert_lsn()::text")) {
                position.next();
                return position.getString(1);
            }
        }
    }

    /**
     * Finds a note.
     *
     * @param token of the reader's last save; empty where there was none
     */
    public Optional<String> read(int id, String token) throws SQLException {
        try (var connection = connectToStandby()) {
            if (token.isEmpty() || hasReplayed(connection, token)) {
                return find(connection, id);
            }
        } catch (SQLException | RuntimeException e) {
            // the standby has no answer, the primary will have one
        }
        try (var connection = primary.getConnection()) {
            return find(connection, id);
        }
    }

    private static Optional<String> find(Connection connection, int id) throws SQLException {
        try (var find = connection.prepareStatement("select note from notes where id = ?")) {
            find.setInt(1, id);
            try (var found = find.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        }
    }

    /** Asks in statements of its own, so that the snapshot of what is read afterwards is a later one. */
    private static boolean hasReplayed(Connection connection, String token) throws SQLException {
        var start = System.nanoTime();
        try (var ask = connection.prepareStatement("select pg_last_wal_replay_lsn()::text")) {
            var wanted = toNumber(token);
            while (true) {
                try (var answer = ask.executeQuery()) {
                    answer.next();
                    if (toNumber(answer.getString(1)) >= wanted) {
                        return true;
                    }
                }
                if (System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(REPLAY_MILLIS)) {
                    return false;
                }
                try {
                    Thread.sleep(PAUSE_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
    }

    /** As text, 0/F00000 would come after 0/1000000. */
    private static long toNumber(String position) {
        return Long.parseUnsignedLong(position.replace("/", ""), 16);
    }

    /** A pool may take its time to say that the standby refuses; a connection that comes too late goes back. */
    private Connection connectToStandby() throws SQLException {
        var connecting = new CompletableFuture<Connection>();
        Thread.startVirtualThread(() -> {
            try {
                connecting.complete(standby.getConnection());
            } catch (Throwable e) {
                connecting.completeExceptionally(e);
            }
        });
        try {
            return connecting.get(CONNECT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new SQLException("the standby gives no connection", "08001", e.getCause());
        } catch (TimeoutException e) {
            connecting.thenAccept(NotesOnTwoServers::giveBack);
            throw new SQLException("the standby gives no connection in time", "08001", e);
        } catch (InterruptedException e) {
            connecting.thenAccept(NotesOnTwoServers::giveBack);
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", "08001", e);
        }
    }

    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // nobody wants it any more
        }
    }
}

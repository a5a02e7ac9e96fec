import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** Servers with the same data, of which one is the primary and the others are its standbys. */
public class Servers {
    private final List<DataSource> servers;
    private String newest = "";

    /** @param servers a pool for each, in any order */
    public Servers(List<DataSource> servers) {
        this.servers = servers;
    }

    private record Found(Connection connection, boolean readOnly, String timeline) { }

    /** Asks all, twelve times a second. */
    public Connection writing() throws SQLException {
        var last = System.currentTimeMillis() + 3000;
        for (Connection found; System.currentTimeMillis() < last; sleep()) {
            if ((found = newestPrimary()) != null) {
                return found;
            }
        }
        throw new SQLException("no primary", "08006");
    }

    private synchronized Connection newestPrimary() {
        var found = newest;
        var chosen = choose(each -> !each.readOnly() && each.timeline().compareTo(found) >= 0);
        if (chosen == null) {
            return null;
        }
        newest = chosen.timeline();
        return chosen.connection();
    }

    /** A standby, or whoever is written on. */
    public Connection reading() throws SQLException {
        var standby = choose(Found::readOnly);
        return standby == null ? writing() : standby.connection();
    }

    private Found choose(Predicate<Found> isWanted) {
        var all = new ArrayList<Found>();
        for (var server : servers) {
            find(server, all);
        }
        var chosen = all.stream().filter(isWanted).max(Comparator.comparing(Found::timeline)).orElse(null);
        for (var each : all) {
            if (each != chosen) {
                close(each.connection());
            }
        }
        return chosen;
    }

    private static void find(DataSource server, List<Found> all) {
        Connection connection;
        try {
            connection = server.getConnection();
        } catch (SQLException e) {
            return;
        }
        try (var ask = connection.prepareStatement("""
                select current_setting('transaction_read_only')::boolean,
                       case when pg_is_in_recovery() then '' else substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) end""");
                var answer = ask.executeQuery()) {
            answer.next();
            all.add(new Found(connection, answer.getBoolean(1), answer.getString(2)));
        } catch (SQLException e) {
            close(connection);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // gone is gone
        }
    }

    private static void sleep() throws SQLException {
        try {
            Thread.sleep(80);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", "08000", e);
        }
    }
}

package grading;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;

/**
 * What the next user of a connection meets: autocommit, isolation, open transaction, settings, role, temporary tables, cursors,
 * prepared statements, channels, advisory locks. Two states are compared by {@link Expect#asLent}.
 */
public record ConnectionState(TreeMap<String, String> facts) {
    private static final String SETTINGS = """
        select 'setting ' || name, setting from pg_settings where source = 'session' and setting is distinct from reset_val and name not in ('transaction_isolation', 'transaction_read_only')
        union all select 'role', current_user::text
        """;
    private static final String QUERY = SETTINGS + """
        union all select 'temporary ' || relname, 'there' from pg_class where relnamespace = pg_my_temp_schema()
        union all select 'listening to ' || channel, 'yes' from pg_listening_channels() channel
        union all select format('advisory lock %s %s', classid, objid), count(*)::text from pg_locks
          where locktype = 'advisory' and pid = pg_backend_pid() group by classid, objid
        union all select 'prepared ' || name, statement from pg_prepared_statements where from_sql
        union all select 'cursor ' || name, statement from pg_cursors where is_holdable""";

    /**
     * Reads it, and leaves no trace in it: a transaction that is open stays open, and then only its settings are asked for.
     *
     * @param settings names of settings that an extension or the application made up, "app.tenant": PostgreSQL lists no others
     */
    public static ConnectionState of(Connection connection, String... settings) throws SQLException {
        var facts = new TreeMap<String, String>();
        if (connection.isClosed()) {
            facts.put("connection", "closed");
            return new ConnectionState(facts);
        }
        var base = connection.unwrap(BaseConnection.class);
        facts.put("autocommit", onOff(connection.getAutoCommit()));
        facts.put("read-only", onOff(connection.isReadOnly()));
        facts.put("network timeout", connection.getNetworkTimeout() + " ms");
        facts.put("prepare threshold", String.valueOf(base.unwrap(PGConnection.class).getPrepareThreshold()));
        facts.put("fetch size", String.valueOf(base.unwrap(PGConnection.class).getDefaultFetchSize()));
        facts.put("autosave", base.unwrap(PGConnection.class).getAutosave().value());
        facts.put("holdability", connection.getHoldability() == ResultSet.HOLD_CURSORS_OVER_COMMIT ? "over commit" : "until commit");
        facts.put("warnings", String.valueOf(connection.getWarnings()));
        facts.put("transaction", switch (base.getTransactionState()) {
            case IDLE -> "none";
            case OPEN -> "open";
            case FAILED -> "open, and given up by PostgreSQL";
        });
        switch (base.getTransactionState()) {
            case IDLE -> {
                ask(connection, QUERY, settings, facts);
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
            case OPEN -> ask(connection, SETTINGS, settings, facts);
            case FAILED -> { } // nothing can be asked
        }
        return new ConnectionState(facts);
    }

    private static void ask(Connection connection, String query, String[] settings, TreeMap<String, String> facts) throws SQLException {
        for (var row : Rows.query(connection, query).values()) {
            facts.put(String.valueOf(row.getFirst()), String.valueOf(row.getLast()));
        }
        for (var setting : settings) {
            var value = Rows.query(connection, "select coalesce(nullif(current_setting(?, true), ''), 'not set')", setting);
            facts.put("setting " + setting, String.valueOf(value.values().getFirst().getFirst()));
        }
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    /** "autocommit was on, is off", one for each difference. */
    List<String> changesSince(ConnectionState before) {
        var names = new java.util.TreeSet<>(facts.keySet());
        names.addAll(before.facts.keySet());
        var changes = new ArrayList<String>();
        for (var name : names) {
            var was = before.facts.getOrDefault(name, "not there");
            var is = facts.getOrDefault(name, "not there");
            if (!was.equals(is)) {
                changes.add(name + " was " + was + ", is " + is);
            }
        }
        return changes;
    }
}

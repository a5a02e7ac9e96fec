package kernel.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kernel.sql.ActivitySnapshot.Backend;
import kernel.sql.ActivitySnapshot.Lock;
import lab.Database;
import lab.Role;
import lab.SqlErrors;

/** Asks, on a connection of its own, what the backends do: one query, which waits for nobody. */
final class ActivityMonitor implements AutoCloseable {
    private static final int MAX_BACKENDS = 200;
    private static final int SECONDS = 5;

    /** pg_blocking_pids stops the lock manager for a moment, so only those who wait are asked about. */
    private static final String QUERY = """
        with locks as (
          select pid, array_agg(mode order by granted, mode) as modes, array_agg(granted order by granted, mode) as granted,
                 array_agg(target order by granted, mode) as targets
          from (select l.pid, l.mode, l.granted,
                       case when l.relation is not null then case l.locktype when 'tuple' then 'a row of ' else '' end
                              || case when c.oid is null then 'relation ' || l.relation
                                 else case c.relkind when 'i' then 'index ' when 'S' then 'sequence ' else 'table ' end || c.oid::regclass end
                            when l.locktype = 'transactionid' then 'transaction ' || l.transactionid
                            when l.locktype = 'virtualxid' then 'transaction ' || l.virtualxid
                            when l.locktype = 'advisory' then 'advisory ' || (l.classid::bigint << 32 | l.objid::bigint)
                            else l.locktype end as target
                from pg_locks l left join pg_database d on d.oid = l.database
                     left join pg_class c on c.oid = l.relation and d.datname = current_database()
                where l.pid <> pg_backend_pid()
                  and (not l.granted or l.locktype in ('tuple', 'advisory')
                       or l.locktype = 'relation' and c.relkind in ('r', 'p', 'm') and c.oid >= 16384)) named
          group by pid)
        select a.pid, a.application_name, a.usename, a.datname, coalesce(a.state, '') as state,
               case when a.state = 'active' then coalesce(a.wait_event_type || ': ' || a.wait_event, '') else '' end as wait,
               case when a.wait_event_type = 'Lock' then pg_blocking_pids(a.pid) else '{}' end as blocked_by,
               l.modes, l.targets, l.granted, left(a.query, 500) as statement,
               coalesce(extract(epoch from clock_timestamp() - a.state_change) * 1000, 0)::bigint as ms
        from pg_stat_activity a left join locks l using (pid)
        where a.backend_type = 'client backend' and a.application_name not in ('course: watch', 'course: cancel')
          and a.pid <> pg_backend_pid() and """ + Backends.OURS + " order by a.backend_start limit " + MAX_BACKENDS;

    private final Database database;
    private Connection connection;
    private PreparedStatement query;

    ActivityMonitor(Database database) {
        this.database = database;
    }

    synchronized ActivitySnapshot snapshot() throws SQLException {
        try {
            return ask();
        } catch (SQLException e) {
            close();
            if (!SqlErrors.isConnectionLost(e)) {
                throw e;
            }
            return ask(); // the server was restarted since the last look
        }
    }

    private ActivitySnapshot ask() throws SQLException {
        if (connection == null) {
            connection = database.admin().connect("course: watch");
            query = connection.prepareStatement(QUERY);
            query.setQueryTimeout(SECONDS);
        }
        var backends = new ArrayList<Backend>();
        try (var result = query.executeQuery()) {
            while (result.next()) {
                backends.add(backend(result));
            }
        }
        return new ActivitySnapshot(Instant.now(), List.copyOf(backends));
    }

    private Backend backend(ResultSet row) throws SQLException {
        var application = row.getString("application_name");
        return new Backend(row.getInt("pid"), SessionName.inApplication(application), role(row.getString("usename")), application,
            row.getString("datname"), row.getString("state"), row.getString("wait"),
            List.of((Integer[]) row.getArray("blocked_by").getArray()), locks(row), row.getString("statement"), row.getLong("ms"));
    }

    private static List<Lock> locks(ResultSet row) throws SQLException {
        if (row.getArray("modes") == null) {
            return List.of();
        }
        var modes = (String[]) row.getArray("modes").getArray();
        var targets = (String[]) row.getArray("targets").getArray();
        var granted = (Boolean[]) row.getArray("granted").getArray();
        var locks = new ArrayList<Lock>();
        for (int i = 0; i < modes.length; i++) {
            locks.add(new Lock(modes[i], targets[i], granted[i]));
        }
        return locks.stream().distinct().toList();
    }

    private String role(String user) {
        return Arrays.stream(Role.values()).filter(role -> database.login(role).user().equals(user)).map(Role::word).findFirst().orElse(user);
    }

    @Override public synchronized void close() {
        var closing = connection;
        connection = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (SQLException e) {
                query = null; // it was lost anyway
            }
        }
    }
}

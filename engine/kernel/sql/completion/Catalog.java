package kernel.sql.completion;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kernel.sql.completion.DatabaseNames.Column;
import kernel.sql.completion.DatabaseNames.Function;
import kernel.sql.completion.DatabaseNames.Relation;
import lab.Login;

/** The names of a database, read again when they may have changed. */
public final class Catalog {
    private static final Duration MAX_AGE = Duration.ofSeconds(10);
    private static final String RELATIONS = """
        select n.nspname, c.relname,
               case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table' else 'table' end,
               array_agg(a.attname::text order by a.attnum), array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
        where c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped and n.nspname !~ '^pg_(toast|temp)'
        group by 1, 2, 3
        order by n.nspname in ('pg_catalog', 'information_schema'), 1, 2
        limit 2000
        """;
    private static final String FUNCTIONS = """
        select n.nspname, p.proname, string_agg(distinct pg_get_function_identity_arguments(p.oid), ' | ')
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prorettype not in ('internal'::regtype, 'trigger'::regtype, 'event_trigger'::regtype) and n.nspname <> 'information_schema'
          and not exists (select from unnest(p.proargtypes) as argument where argument in ('internal'::regtype, 'cstring'::regtype))
          and p.proname !~ '^_'
        group by 1, 2
        order by n.nspname = 'pg_catalog', 1, 2
        limit 4000
        """;
    private final Login login;
    private volatile DatabaseNames names = DatabaseNames.NONE;
    private long readAt;
    private boolean isRead;

    /** @param login that sees what is to be proposed; it connects when names are first asked for */
    public Catalog(Login login) {
        this.login = login;
    }

    /** Something ran that may have changed the catalog. */
    public synchronized void forget() {
        isRead = false;
    }

    /** Waits for them where a cell has changed something; what others may have changed meanwhile is read in the background. */
    synchronized DatabaseNames names() {
        if (!isRead) {
            keep(read());
        } else if (System.nanoTime() - readAt > MAX_AGE.toNanos()) {
            readAt = System.nanoTime();
            Thread.ofVirtual().name("names of the catalog").start(this::refresh);
        }
        return names;
    }

    private void refresh() {
        var found = read();
        synchronized (this) {
            if (isRead) { // else a cell has changed something since, and these are too old
                keep(found);
            }
        }
    }

    private synchronized void keep(DatabaseNames found) {
        names = found;
        isRead = true;
        readAt = System.nanoTime();
    }

    /** On a connection of its own: that of a cell may be in a failed transaction, or wait for a lock. */
    private DatabaseNames read() {
        try (var connection = login.connect("course: watch")) {
            try (var timeout = connection.createStatement()) {
                timeout.execute("set statement_timeout = '2s'"); // a lock on the catalog must not hold up the editor
            }
            return new DatabaseNames(relations(connection), functions(connection));
        } catch (SQLException e) {
            return names; // none newer to offer; the statement itself will say what is wrong
        }
    }

    private static List<Relation> relations(Connection connection) throws SQLException {
        var relations = new ArrayList<Relation>();
        try (var statement = connection.createStatement(); var result = statement.executeQuery(RELATIONS)) {
            while (result.next()) {
                var columns = (String[]) result.getArray(4).getArray();
                var types = (String[]) result.getArray(5).getArray();
                var named = new ArrayList<Column>();
                for (int i = 0; i < columns.length; i++) {
                    named.add(new Column(columns[i], types[i]));
                }
                relations.add(new Relation(result.getString(1), result.getString(2), result.getString(3), named));
            }
        }
        return relations;
    }

    private static List<Function> functions(Connection connection) throws SQLException {
        var functions = new ArrayList<Function>();
        try (var statement = connection.createStatement(); var result = statement.executeQuery(FUNCTIONS)) {
            while (result.next()) {
                functions.add(new Function(result.getString(1), result.getString(2), result.getString(3)));
            }
        }
        return functions;
    }
}

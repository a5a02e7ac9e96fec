package kernel.sql;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lab.Database;

/** The sessions of one lesson, each made when a cell first asks for it. Safe for use by several threads. */
final class Sessions {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private final Database database;
    private final Map<SessionName, SqlSession> sessions = new LinkedHashMap<>();

    Sessions(Database database) {
        this.database = database;
    }

    SqlSession get(SessionName name) {
        synchronized (sessions) {
            return sessions.computeIfAbsent(name, asked -> new SqlSession(asked, database.login(asked.role())));
        }
    }

    /** In the order in which they were first asked for. */
    List<SqlSession> all() {
        synchronized (sessions) {
            return List.copyOf(sessions.values());
        }
    }

    /** Ends a session, where it exists: its transaction is rolled back, and a cell that runs in it is stopped. */
    void end(SessionName name) {
        SqlSession ending;
        synchronized (sessions) {
            ending = sessions.remove(name);
        }
        if (ending != null) {
            end(ending);
        }
    }

    void endAll() {
        var ending = all();
        synchronized (sessions) {
            sessions.clear();
        }
        ending.forEach(Sessions::end);
    }

    private static void end(SqlSession session) {
        session.lock().cancel();
        if (!session.lock().isFreeWithin(PATIENCE)) {
            session.lock().abort(); // a frozen server cancels nothing
        }
        session.lock().hold(() -> {
            session.forget();
            return session;
        });
    }
}

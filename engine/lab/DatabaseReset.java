package lab;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Puts the lesson's database back to its beginning, as often as it is asked to. A copy is taken before anybody connects, and
 * the database that was worked in is replaced under its own name, so that every URL of it stays right.
 */
public final class DatabaseReset implements AutoCloseable {
    private static final int SECONDS_TO_ANSWER = 2;
    private static final String NOT_YET = "57P03"; // cannot_connect_now: it starts, or recovers from a crash
    private static final String DATABASES = "select quote_ident(datname) from pg_database";
    private static final String ROLES = "select quote_ident(rolname) from pg_roles";
    private final Server server;
    private final String name;
    private final String kept;
    private Connection admin;
    private final Set<String> databases;
    private final Set<String> roles;

    private DatabaseReset(Server server, Connection admin) throws SQLException {
        this.server = server;
        this.admin = admin;
        this.name = server.lessonDatabase();
        this.kept = name + "_kept";
        copy(name, kept);
        this.databases = Set.copyOf(names(DATABASES));
        this.roles = Set.copyOf(names(ROLES));
    }

    /**
     * Keeps a copy of the lesson's database, to which nobody is connected yet.
     *
     * @throws LabException with SQLSTATE, where the copy cannot be made
     */
    public static DatabaseReset of(Lab lab) {
        try {
            return new DatabaseReset(lab.server(), lab.server().admin().connect());
        } catch (SQLException e) {
            throw new LabException("could not keep a copy of the lesson's database: " + SqlErrors.describe(e), e);
        }
    }

    /**
     * Puts the copy in the place of the lesson's database, whoever is connected to it, and removes what was made beside it:
     * databases, roles, settings. On a server that others use, only the lesson's database is replaced.
     *
     * @throws LabException with SQLSTATE, where the server does not answer or refuses
     */
    public synchronized Database reset() {
        if (!answers()) {
            throw new LabException("could not reset the lesson's database: the server does not answer");
        }
        try {
            execute("drop database if exists " + name + " with (force)");
            copy(kept, name);
            removeOthers();
            return Database.on(server, name);
        } catch (SQLException e) {
            throw new LabException("could not reset the lesson's database: " + SqlErrors.describe(e), e);
        }
    }

    /** Whether the server still answers, be it only to a new connection. Takes up to four seconds where it does not. */
    public synchronized boolean answers() {
        try {
            return admin.isValid(SECONDS_TO_ANSWER) || connectsAgain();
        } catch (SQLException e) {
            return NOT_YET.equals(e.getSQLState());
        }
    }

    private boolean connectsAgain() throws SQLException {
        var again = server.admin().connect(Duration.ofSeconds(SECONDS_TO_ANSWER));
        try {
            admin.close();
        } finally {
            admin = again;
        }
        return true;
    }

    private void removeOthers() throws SQLException {
        if (server.isShared()) {
            return;
        }
        for (var left : others(DATABASES, databases)) {
            execute("drop database if exists " + left + " with (force)");
        }
        for (var left : others(ROLES, roles)) {
            execute("drop role if exists " + left);
        }
        execute("alter system reset all");
        execute("select pg_reload_conf()");
    }

    private List<String> others(String query, Set<String> known) throws SQLException {
        return names(query).stream().filter(one -> !known.contains(one)).toList();
    }

    private void copy(String from, String to) throws SQLException {
        execute("create database " + to + " template " + from + " owner " + Roles.OWNER + " strategy file_copy");
    }

    private List<String> names(String query) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = admin.createStatement(); var result = statement.executeQuery(query)) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        return names;
    }

    private void execute(String sql) throws SQLException {
        try (var statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A server that is frozen would never drop the copy, and is about to be stopped. */
    @Override public synchronized void close() {
        var answers = answers();
        try (var last = admin) {
            if (answers) {
                execute("drop database if exists " + kept + " with (force)");
            }
        } catch (SQLException e) {
            // the server has gone, and the copy with it
        }
    }
}

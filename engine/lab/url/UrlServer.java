package lab.url;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import lab.ClientTools;
import lab.LabException;
import lab.LessonDatabase;
import lab.Login;
import lab.Progress;
import lab.Roles;
import lab.Server;
import lab.SqlErrors;

/** A server that others use as well: this run has databases of its own there, and removes them when it ends. */
public final class UrlServer implements Server {
    private static final long ONE_RUN_AT_A_TIME = 0x706f737467726573L;
    private final Login admin;
    private final ClientTools tools;
    private final String place;
    private final String version;
    private final Roles roles;
    private final String database;

    private UrlServer(Login admin, ClientTools tools, String place, String version, Roles roles, String database) {
        this.admin = admin;
        this.tools = tools;
        this.place = place;
        this.version = version;
        this.roles = roles;
        this.database = database;
    }

    /** A name for the database of this run that no other run has. */
    public static String newDatabase() {
        return "course_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()).substring(0, 12);
    }

    /**
     * Makes the roles and the database of this run.
     *
     * @param place completes "PostgreSQL 18.6 (…)"
     * @throws LabException with SQLSTATE and statement, where the server refuses
     */
    public static UrlServer open(Login admin, String database, String place, ClientTools tools, Progress progress) throws LabException {
        return connected(admin, database, place, tools, sql -> {
            var databases = new UrlDatabases(sql);
            databases.dropLeftovers(progress);
            var roles = new UrlRoles(sql, admin).ensure();
            databases.create(database);
            LessonDatabase.openToApp(admin.on(database));
            return roles;
        });
    }

    /** A server where an earlier run made the roles and the database, and left them for this run alone. */
    public static UrlServer found(Login admin, String database, String place, ClientTools tools) throws LabException {
        return connected(admin, database, place, tools, sql -> new UrlRoles(sql, admin).ensure());
    }

    private interface Preparation {
        Roles prepare(UrlSql sql) throws SQLException;
    }

    private static UrlServer connected(Login admin, String database, String place, ClientTools tools, Preparation preparation) {
        try (var connection = admin.connect()) {
            var sql = locked(connection);
            var version = sql.column("show server_version").getFirst().split(" ")[0];
            return new UrlServer(admin, tools, place, version, preparation.prepare(sql), database);
        } catch (SQLException e) {
            throw noConnection(admin, e);
        }
    }

    /** An exception that says who could not connect and why, with SQLSTATE. */
    public static LabException noConnection(Login admin, SQLException failure) {
        return new LabException("no connection to " + admin + ": " + SqlErrors.describe(failure), failure);
    }

    @Override public Login admin() {
        return admin;
    }

    @Override public Roles roles() {
        return roles;
    }

    @Override public String describe() {
        return "PostgreSQL " + version + " (" + place + ")";
    }

    @Override public int major() {
        return Integer.parseInt(version.replaceFirst("\\D.*", ""));
    }

    @Override public String lessonDatabase() {
        return database;
    }

    @Override public boolean isShared() {
        return true;
    }

    @Override public ClientTools tools() {
        return tools;
    }

    @Override public void close() {
        try (var connection = admin.connect()) {
            var sql = locked(connection);
            new UrlDatabases(sql).drop(database);
            new UrlRoles(sql, admin).dropUnused();
        } catch (SQLException e) {
            // The server has stopped before the run has. Its next run finds the database by its mark, and removes it.
            return;
        }
    }

    /** Between two statements of one run, another could drop the roles that the first has just found. */
    private static UrlSql locked(Connection connection) {
        var sql = new UrlSql(connection);
        sql.run("set lock_timeout = '20s'");
        sql.run("select pg_advisory_lock(" + ONE_RUN_AT_A_TIME + ")");
        return sql;
    }
}

package lab.url;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import lab.LabException;

/** What the role of a URL may do on its server. {@code version} is PostgreSQL's number, 150018 for 15.18. */
record UrlPrivileges(String role, int version, boolean superuser, boolean mayCreateDatabases, boolean mayCreateRoles) {
    private static final int OLDEST_MAJOR = 15;

    static UrlPrivileges of(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery("""
            select rolname, current_setting('server_version_num')::int, rolsuper, rolcreatedb, rolcreaterole
            from pg_roles where rolname = current_user""")) {
            row.next();
            return new UrlPrivileges(row.getString(1), row.getInt(2), row.getBoolean(3), row.getBoolean(4), row.getBoolean(5));
        }
    }

    /** Throws {@link LabException} with the statement to run when the course could not work as this role. */
    void check(String server) throws LabException {
        if (version / 10_000 < OLDEST_MAJOR) {
            throw new LabException("the server at " + server + " is PostgreSQL " + version / 10_000 + ", and the course needs "
                + OLDEST_MAJOR + " or newer: use --db embedded, or the URL of a newer server");
        }
        var missing = new ArrayList<String>();
        if (!superuser && !mayCreateDatabases) {
            missing.add("createdb");
        }
        if (!superuser && !mayCreateRoles) {
            missing.add("createrole");
        }
        if (!missing.isEmpty()) {
            throw new LabException("the role " + role + " may not create " + (missing.contains("createdb") ? "databases" : "roles")
                + " at " + server + ": let a superuser run `alter role " + quoted() + " " + String.join(" ", missing) + "`");
        }
    }

    private String quoted() {
        return role.matches("[a-z_][a-z0-9_$]*") ? role : "\"" + role.replace("\"", "\"\"") + "\"";
    }
}

package lab;

import java.sql.Connection;
import java.sql.SQLException;

/** The roles of the course and a database of theirs, the same on every kind of server. */
public final class LessonDatabase {
    public static final String NAME = "course_lesson";
    private static final int ITERATIONS_SETTABLE = 160_000;

    private LessonDatabase() { }

    /** Creates both roles and the empty database {@value NAME}. For a server of this run alone. */
    public static void prepare(Login admin, Roles roles) throws SQLException {
        try (var connection = admin.connect()) {
            createRole(connection, Roles.OWNER, roles.ownerPassword());
            createRole(connection, Roles.APP, roles.appPassword());
            createDatabase(connection, NAME);
        }
        openToApp(admin.on(NAME));
    }

    static void createRole(Connection admin, String role, String password) throws SQLException {
        fewIterations(admin);
        execute(admin, "create role " + role + " login password '" + password + "'");
    }

    /** Hashes the password of a role that exists again, with few iterations. */
    public static void quicken(Connection admin, String role, String password) throws SQLException {
        fewIterations(admin);
        execute(admin, "alter role " + role + " password '" + password + "'");
    }

    /**
     * The 4096 rounds of SCRAM protect passwords that people choose. These are 144 random bits, which one round protects
     * as well, and the rounds are most of what a connection costs. Lesson 02 measures them on a role of its own.
     */
    private static void fewIterations(Connection admin) throws SQLException {
        try (var statement = admin.createStatement();
             var version = statement.executeQuery("select current_setting('server_version_num')::int")) {
            version.next();
            if (version.getInt(1) >= ITERATIONS_SETTABLE) {
                execute(admin, "set scram_iterations = 1");
            }
        }
    }

    static void createDatabase(Connection admin, String database) throws SQLException {
        execute(admin, "create database " + database + " owner " + Roles.OWNER);
    }

    /** Whatever the owner creates from now on, the app may read and write, but not alter. */
    public static void openToApp(Login adminOnDatabase) throws SQLException {
        try (var connection = adminOnDatabase.connect()) {
            execute(connection, "alter default privileges for role " + Roles.OWNER
                + " grant select, insert, update, delete on tables to " + Roles.APP);
            execute(connection, "alter default privileges for role " + Roles.OWNER
                + " grant usage, select on sequences to " + Roles.APP);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

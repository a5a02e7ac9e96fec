package lab;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * Creates, clones and drops databases on a server. One connection serves them all, because opening one takes longer
 * than most of what is done with it. Every name starts with {@code course_}.
 */
public final class Databases implements AutoCloseable {
    private static final String MEMORY = "course_memory";
    /** What a database may take of the memory, in bytes; copies of a larger one belong on the disk. */
    private static final long SMALL = 64L << 20;
    private final Server server;
    private final Connection admin;
    private boolean inMemory;

    /**
     * Opens the connection to a server.
     *
     * @throws LabException with SQLSTATE, where the server refuses it
     */
    public Databases(Server server) {
        this.server = server;
        try {
            this.admin = server.admin().connect();
        } catch (SQLException e) {
            throw new LabException("no connection to " + server.admin() + ": " + SqlErrors.describe(e), e);
        }
    }

    /** What puts tables and rows into a new template, as the owner or the superuser of the database. */
    public interface Preparation {
        /** Fills it. Where this fails, no template is kept. */
        void prepare(Database database) throws Exception;
    }

    /**
     * From now on databases of up to 64 MB are kept in memory, where the server can. For callers that make and drop many: the
     * three hundred files of each are most of what it costs.
     */
    public synchronized void preferMemory() throws SQLException {
        var folder = server.memory();
        if (!inMemory && folder.isPresent()) {
            execute("create tablespace " + MEMORY + " location '" + folder.get() + "'");
            inMemory = true;
        }
    }

    /**
     * A new empty database, with the privileges that every lesson database has.
     *
     * @param purpose becomes part of its name
     */
    public synchronized Database create(String purpose) throws SQLException {
        var name = freshName(purpose);
        if (inMemory) {
            execute("create database " + name + " owner " + Roles.OWNER + " strategy file_copy tablespace " + MEMORY);
        } else {
            LessonDatabase.createDatabase(admin, name);
        }
        var database = Database.on(server, name);
        LessonDatabase.openToApp(database.admin());
        return database;
    }

    /**
     * A database to clone from: prepared once, never connected to again.
     *
     * @throws Exception what the preparation throws, as it is
     */
    public Database template(String purpose, Preparation preparation) throws Exception {
        var template = create(purpose);
        preparation.prepare(template);
        if (inMemory) {
            moveIfLarge(template.name());
        }
        return template;
    }

    /** A clone lies where its template does. */
    private synchronized void moveIfLarge(String name) throws SQLException {
        try (var statement = admin.prepareStatement("select pg_database_size(?) > ?")) {
            statement.setString(1, name);
            statement.setLong(2, SMALL);
            try (var result = statement.executeQuery()) {
                result.next();
                if (!result.getBoolean(1)) {
                    return;
                }
            }
        }
        // The connections that prepared it are closed, but PostgreSQL may not have noticed yet.
        execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '" + name + "'");
        execute("alter database " + name + " set tablespace pg_default");
    }

    /**
     * A copy of a template, to which nobody may be connected. Copying files beats copying through the WAL as soon as a database holds data, and is no
     * slower for an empty one where fsync is off.
     */
    public synchronized Database clone(Database template) throws SQLException {
        var name = freshName("clone");
        execute("create database " + name + " template " + template.name() + " owner " + Roles.OWNER + " strategy file_copy");
        return Database.on(server, name);
    }

    /** Keeps it from all roles of the course: nobody connects, and the owner, who could let them, does not own it. */
    public synchronized void shut(Database database) throws SQLException {
        execute("alter database " + database.name() + " owner to current_user; alter database " + database.name() + " with allow_connections false");
    }

    /** Gives it back to the owner, and to all who connect. */
    public synchronized void open(Database database) throws SQLException {
        execute("alter database " + database.name() + " with allow_connections true; alter database " + database.name() + " owner to " + Roles.OWNER);
    }

    /** Drops a database of this run, with whoever is still connected to it. */
    public synchronized void drop(Database database) throws SQLException {
        execute("drop database if exists " + database.name() + " with (force)");
    }

    private void execute(String sql) throws SQLException {
        try (var statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Begins with the name of the run's own database, by which a server that others use knows what to remove. */
    private String freshName(String purpose) {
        var random = new byte[4];
        new SecureRandom().nextBytes(random);
        return server.lessonDatabase() + "_" + purpose.replaceAll("[^a-z0-9]", "_") + "_" + HexFormat.of().formatHex(random);
    }

    @Override public synchronized void close() throws SQLException {
        admin.close();
    }
}

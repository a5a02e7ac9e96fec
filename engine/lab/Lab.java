package lab;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one run works with. Opening it starts a server; closing it, also by Ctrl-C, removes all that it made.
 */
public final class Lab implements AutoCloseable {
    private final Server server;
    private final Thread shutdown;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Databases databases;

    private Lab(Server server) {
        this.server = server;
        this.shutdown = new Thread(this::closeOnce, "lab-shutdown");
    }

    /**
     * Starts a server whose lesson database holds the seed data.
     *
     * @param seedData made now where the lab has not kept it from an earlier run
     * @param progress is told what takes long
     * @throws LabException with what to do, where the server does not start
     */
    public static Lab open(Provider provider, SeedData seedData, Progress progress) {
        var lab = new Lab(provider.start(seedData, progress));
        Runtime.getRuntime().addShutdownHook(lab.shutdown);
        return lab;
    }

    /** The lab of another process of this run, by its server: for programs beside it, which leave the server alone. */
    public static Lab attached(Server server) {
        return new Lab(server);
    }

    /** The server that this run uses. */
    public Server server() {
        return server;
    }

    /** The database that is ready for a lesson: empty, or with the seed data that the lab was opened with. */
    public Database lessonDatabase() {
        return Database.on(server, server.lessonDatabase());
    }

    /**
     * Makes, clones and drops databases on the server, by one connection that is opened at the first call.
     *
     * @throws LabException with SQLSTATE, where the server refuses the connection
     */
    public synchronized Databases databases() {
        if (databases == null) {
            databases = new Databases(server);
        }
        return databases;
    }

    /** Stops the server and removes what was written. A second call does nothing. */
    @Override public void close() {
        closeOnce();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdown);
        } catch (IllegalStateException e) {
            // the JVM is on its way out, and the hook has done or will do the same
        }
    }

    private void closeOnce() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (server) {
            if (databases != null) {
                databases.close();
            }
        } catch (SQLException e) {
            throw new LabException("could not close the lab's connection: " + e.getMessage(), e);
        }
    }
}

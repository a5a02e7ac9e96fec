package lab;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A running PostgreSQL that belongs to this run, or of which this run uses databases of its own.
 * Made by a {@link Provider}; closed in reverse order of opening.
 */
public interface Server extends AutoCloseable {

    /** The superuser (or, on a server given by URL, the role of the URL), on a maintenance database. */
    Login admin();

    /** The passwords of the two roles that lessons use, as this server has them. */
    Roles roles();

    /** "PostgreSQL 18.6 (embedded, port 40123)", for the first line of a lesson. */
    String describe();

    /** The major version, 18. */
    int major();

    /** The name of the database that is ready for the lesson, owned by {@code course_owner}. */
    String lessonDatabase();

    /** Runs a client tool of the server's version, pg_dump for example, where the lab has one. */
    default ClientTools tools() {
        return ClientTools.none("no client tools for this server");
    }

    /** What the server writes about itself; asking for lines fails where the lab cannot read them. */
    default ServerLog log() {
        return ServerLog.none("it belongs to a server that others use as well; ask whoever runs it");
    }

    /** The container it runs in, where it runs in Docker. */
    default Optional<Container> container() {
        return Optional.empty();
    }

    /** The programs that it runs by, where it is a process of this machine. */
    default Optional<Installation> installation() {
        return Optional.empty();
    }

    /** An empty folder in this machine's memory for a tablespace, where the server can have one; it goes with the server. */
    default Optional<Path> memory() {
        return Optional.empty();
    }

    /** Whether others use it as well, so that only the databases of this run, and nothing beside them, may be removed. */
    default boolean isShared() {
        return false;
    }

    /** Stops what was started and removes what was written. Never throws for something already gone. */
    @Override void close();
}

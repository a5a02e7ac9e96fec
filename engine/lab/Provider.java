package lab;

/** One way of getting a PostgreSQL. */
public interface Provider {

    /** The word after {@code --db}: docker, embedded, local, or the scheme of a URL. */
    String name();

    /** Why this provider cannot work on this machine now; empty when it can. Answers within a second. */
    java.util.Optional<String> reasonUnavailable();

    /**
     * Starts, or finds, a server whose lesson database holds the filling. Says on {@code progress} what takes long.
     */
    Server start(SeedData seedData, Progress progress) throws LabException;
}

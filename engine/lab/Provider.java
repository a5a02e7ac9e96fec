package lab;

/** One way of getting a PostgreSQL. */
public interface Provider {

    /** The word after {@code --db}: docker, embedded, local, or the scheme of a URL. */
    String name();

    /** Why this provider cannot work on this machine now; empty when it can. Answers within a second. */
    java.util.Optional<String> reasonUnavailable();

    /**
     * Starts, or finds, a server whose lesson database holds the seed data. The caller closes it.
     *
     * @param progress is told what takes long
     * @throws LabException with what to do, where it does not start
     */
    Server start(SeedData seedData, Progress progress) throws LabException;
}

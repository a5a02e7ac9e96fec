package grading.sandbox;

/** How much a JVM in a sandbox, and all that it starts, may take. Clusters of PostgreSQL for a lesson on backups fit. */
final class Bounds {
    private static final long MB = 1 << 20;
    /** Of the only folder to which it can write, which is in memory. */
    static final long DISK = 512 * MB;
    static final long SHARED_MEMORY = 128 * MB;
    /** Of all together, with what is in that folder. */
    static final long MEMORY = 2048 * MB;
    /** Addresses of one process; a JVM reserves many more than it uses. */
    static final long ADDRESSES = 6144 * MB;
    static final int PROCESSES = 512;
    static final int OPEN_FILES = 4096;

    private Bounds() { }
}

package lab;

import java.util.Map;

/** The PostgreSQL releases that the course runs on. The newest is the default. */
public final class Versions {
    public static final int DEFAULT = 18;
    public static final int OLDEST = 15;
    private static final Map<Integer, String> EMBEDDED = Map.of(15, "15.19.0", 16, "16.15.0", 17, "17.11.0", 18, "18.6.0");

    private Versions() { }

    /** @throws LabException with the releases there are, where it is none of them */
    public static void check(int major) {
        embedded(major);
    }

    /**
     * The version of the embedded binaries for a major release.
     *
     * @throws LabException with the releases there are, where it is none of them
     */
    public static String embedded(int major) {
        var version = EMBEDDED.get(major);
        if (version == null) {
            throw new LabException("the course runs on PostgreSQL 15, 16, 17 and 18; " + major + " is none of them");
        }
        return version;
    }
}

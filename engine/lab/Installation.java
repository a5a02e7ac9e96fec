package lab;

import java.nio.file.Path;

/**
 * PostgreSQL's programs somewhere on this machine.
 *
 * @param folder  holds {@code bin/}
 * @param version "18.6"
 * @param origin  how it came here: "embedded", "local /usr/lib/postgresql/15"
 */
public record Installation(Path folder, String version, String origin) {
    /** 18 */
    public int major() {
        return Integer.parseInt(version.split("\\.")[0]);
    }

    /** "PostgreSQL 18.6 (embedded)" */
    public String describe() {
        return "PostgreSQL " + version + " (" + origin + ")";
    }
}

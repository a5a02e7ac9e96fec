package lab.cluster;

import java.nio.file.Path;

/**
 * PostgreSQL's programs somewhere on this machine.
 *
 * @param folder  holds {@code bin/}
 * @param version "18.6"
 * @param origin  how it came here: "embedded", "local /usr/lib/postgresql/15"
 */
record Installation(Path folder, String version, String origin) {
    int major() {
        return Integer.parseInt(version.split("\\.")[0]);
    }
}

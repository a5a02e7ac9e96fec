package lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/**
 * Where the course keeps what can be made again: PostgreSQL binaries, clusters, compiled lessons.
 * {@code COURSE_CACHE} overrides the place.
 */
public final class Caches {
    private static final String NAME = "postgres-by-experiment";

    private Caches() { }

    /** The cache folder of this user. It exists after the call. */
    public static Path root() {
        var asked = environment("COURSE_CACHE").map(Path::of);
        return create(asked.orElseGet(Caches::usual).toAbsolutePath());
    }

    /** A folder below {@link #root}, created if missing. */
    public static Path folder(String... names) {
        var folder = root();
        for (var name : names) {
            folder = folder.resolve(name);
        }
        return create(folder);
    }

    /** The home folder; HOME wins over the account's entry, as it does in a shell. */
    public static Path home() {
        return Path.of(environment("HOME").orElse(System.getProperty("user.home")));
    }

    private static Path usual() {
        var base = environment("XDG_CACHE_HOME").map(Path::of).orElseGet(() -> home().resolve(".cache"));
        // PostgreSQL refuses to run as root, and the account it runs as instead cannot enter root's home.
        return Privileges.isRoot() && !reachableByOthers(base) ? Path.of("/var/cache", NAME) : base.resolve(NAME);
    }

    private static boolean reachableByOthers(Path folder) {
        for (var at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
            try {
                if (Files.exists(at) && !Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            } catch (IOException | UnsupportedOperationException e) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    private static Path create(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the cache folder " + folder
                + "; free some space, or set COURSE_CACHE to a folder that you may write", e);
        }
    }
}

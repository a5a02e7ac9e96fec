package lab.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import lab.LabException;

/**
 * Where the course keeps what can be made again: PostgreSQL binaries, clusters, compiled lessons.
 * {@code COURSE_CACHE} overrides the place.
 */
public final class Caches {
    private static final String NAME = "postgres-by-experiment";
    private static final String ADVICE = "set COURSE_CACHE to a folder that you may write to";

    private Caches() { }

    /** The cache folder of this user. It exists after the call. */
    public static Path root() {
        var asked = environment("COURSE_CACHE").map(Path::of);
        var root = create(asked.orElseGet(Caches::usual).toAbsolutePath());
        if (!Files.isWritable(root)) {
            throw new LabException("you may not write to the cache folder " + root + "; " + ADVICE);
        }
        return root;
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

    /** Throws {@link LabException} when PostgreSQL, which root runs as another account, could not enter the cache. */
    public static void mustBeReachable() throws LabException {
        var root = root();
        if (Privileges.isRoot() && !reachableByOthers(root)) {
            throw new LabException("you are root, so PostgreSQL runs as nobody, who cannot enter the cache folder " + root
                + "; let others pass (chmod o+x) in it and in the folders above, or set COURSE_CACHE to another folder");
        }
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
            throw IoErrors.isFull(e, folder) ? IoErrors.with("cannot make the cache folder " + folder, folder, e)
                : new LabException("cannot make the cache folder " + folder + ": " + IoErrors.describe(e) + "; " + ADVICE, e);
        }
    }
}

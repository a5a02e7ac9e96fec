package lab.os;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lab.LabException;

/** PostgreSQL refuses to run as root. As root the lab therefore starts it as the account "nobody", and says so. */
public final class Privileges {
    /** The numeric id of nobody on Linux and in containers. */
    static final int NOBODY = 65534;
    private static final boolean ROOT = !Platform.isWindows()
        && new com.sun.security.auth.module.UnixSystem().getUid() == 0;

    private Privileges() { }

    /** Whether this JVM runs as root. */
    public static boolean isRoot() {
        return ROOT;
    }

    /** What goes before a command so that it runs without root's privileges; empty for an ordinary user. */
    public static List<String> drop() {
        if (!ROOT) {
            return List.of();
        }
        if (isInstalled("setpriv")) {
            return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        }
        if (isInstalled("runuser")) {
            return List.of("runuser", "-u", "nobody", "--");
        }
        if (isInstalled("chroot")) {
            return List.of("chroot", "--userspec=" + NOBODY + ":" + NOBODY, "/");
        }
        throw new LabException("you are root, PostgreSQL refuses to run as root, and none of setpriv, runuser and chroot"
            + " is here to drop the privileges; install util-linux, or run the course as an ordinary user");
    }

    /** Gives a folder and all in it to the account that will run PostgreSQL. Does nothing for an ordinary user. */
    public static void handOver(Path folder) throws java.io.IOException {
        if (!ROOT) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (var path : (Iterable<Path>) all::iterator) {
                Files.setAttribute(path, "unix:uid", NOBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", NOBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** Whether a program is on the PATH. */
    public static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
            .filter(folder -> !folder.isBlank())
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}

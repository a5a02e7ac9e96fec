package lab.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lab.LabException;

/** PostgreSQL refuses to run as root. As root the lab therefore starts it as the account "nobody", and says so. */
public final class Privileges {
    /** The numeric id of nobody on Linux and in containers. */
    static final int NOBODY = 65534;
    private static final boolean ROOT = !Platform.isWindows() && uid() == 0;

    private Privileges() { }

    private static long uid() {
        return new com.sun.security.auth.module.UnixSystem().getUid();
    }

    /** Whether this JVM runs as root. */
    public static boolean isRoot() {
        return ROOT;
    }

    /** Whether a file is of the account of this JVM, which need not have a name. */
    static boolean owns(Path file) throws IOException {
        return (int) uid() == (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
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

    /**
     * What goes before initdb, which wants to know the name of its account: nothing, unless this account is a mere number, as
     * in containers. There the number gets the name of nobody, for this one program, which writes as the same account all the same.
     *
     * @throws LabException with what to do, where this machine does not let it
     */
    public static List<String> named() {
        return Platform.isWindows() || !"?".equals(System.getProperty("user.name")) ? List.of() : named(List.of());
    }

    /** @param before what makes a program run as an account without a name */
    static List<String> named(List<String> before) {
        var command = List.of("unshare", "--user", "--map-user=" + NOBODY, "--map-group=" + NOBODY, "--");
        if (!isInstalled("unshare") || !Processes.endsWell(Stream.of(before, command, List.of("id", "-un")).flatMap(List::stream).toList())) {
            throw new LabException("this account is a number without an entry in /etc/passwd, and PostgreSQL's initdb wants a name; give it one where the"
                + " machine or the image is made, `echo \"course:x:$(id -u):0::/tmp:/bin/sh\" >>/etc/passwd`, or use --db postgresql://…");
        }
        return command;
    }

    /** Gives a folder and all in it to the account that will run PostgreSQL. Does nothing for an ordinary user. */
    public static void handOver(Path folder) throws IOException {
        if (!ROOT) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (var path : (Iterable<Path>) all::iterator) {
                Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", NOBODY, LinkOption.NOFOLLOW_LINKS);
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

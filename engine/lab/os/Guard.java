package lab.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lab.LabException;

/**
 * The process between the JVM and PostgreSQL. It ignores the signals of the terminal, so that Ctrl-C at a prompt
 * cancels a query and not the server; it ends, and PostgreSQL with it, when its standard input does.
 */
public final class Guard {
    public static final String LOG = "server.log";
    public static final String EXITED = "exited";
    private static final String NAME = "course-guard";
    private static final int SECONDS_TO_END = 20;

    /** What happens to a server, and to its folder. */
    public enum Ending {
        /** It shuts down in order, and the folder stays. */
        KEEP,
        /** It stops at once, and the folder goes. */
        REMOVE,
        /** It stops at once, and the folder stays, for somebody who lives. */
        LEAVE
    }

    /** $1: the server's folder, $2: the ending, the rest: the command. A session of its own keeps signals away. */
    private static final String SCRIPT = """
        trap '' HUP INT TERM
        folder=$1; ending=$2; shift 2
        if command -v setsid >/dev/null 2>&1; then set -- setsid "$@"
        elif command -v perl >/dev/null 2>&1; then set -- perl -e 'use POSIX; POSIX::setsid(); exec @ARGV' "$@"; fi
        cd "$folder" || exit 1
        rm -f server.log pid
        { "$@" </dev/null >>server.log 2>&1 & echo $! >pid; wait $!; : >exited; } &
        waiter=$!
        # Known before it is needed: a JVM that ends badly may have removed the folder by then.
        tries=0
        until [ -s pid ] || [ $tries -ge 50 ]; do tries=$((tries + 1)); sleep 0.02 2>/dev/null || sleep 1; done
        server=$(cat pid)
        while read -r word; do ending=$word; done
        # A folder that stays wants a clean shutdown; one that goes only wants to be gone.
        if [ "$ending" = KEEP ]; then signal=INT; else signal=QUIT; fi
        kill -$signal "$server" 2>/dev/null
        wait $waiter
        cd /
        if [ "$ending" = REMOVE ]; then rm -rf "$folder"; fi
        """;

    private Guard() { }

    /** Starts the server below a guard; on Windows, which has none, the server itself. Throws {@link lab.LabException} where it cannot start. */
    public static Process start(List<String> server, Path folder, Ending ending) {
        var command = new ArrayList<String>();
        if (!Platform.isWindows()) {
            command.addAll(List.of("sh", "-c", SCRIPT, NAME, folder.toString(), ending.name()));
        }
        command.addAll(server);
        try {
            Files.deleteIfExists(folder.resolve(EXITED)); // of an attempt before this one
            // On Windows there is no guard: the server is our child, and the next start sweeps what a killed JVM left.
            return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve(Platform.isWindows() ? LOG : "guard.log").toFile())
                .start();
        } catch (IOException e) {
            throw new LabException("could not start " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    /** Whether a process is a guard. It ends by itself when the process that started it does. */
    static boolean is(ProcessHandle process) {
        return process.info().arguments().map(arguments -> List.of(arguments).contains(NAME)).orElse(false);
    }

    /** Lets the server go, to another ending than was said when it started. */
    public static void releaseTo(Ending ending, Process guard) {
        try {
            if (!Platform.isWindows()) {
                guard.getOutputStream().write((ending + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // The guard has died already, and will remove nothing.
        }
        release(guard);
    }

    /** Lets the server go and waits, within bounds, until nothing of it is left. */
    public static void release(Process guard) {
        try {
            guard.getOutputStream().close();
            if (Platform.isWindows()) {
                guard.destroy();
            }
            if (!guard.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                guard.destroyForcibly();
            }
        } catch (IOException e) {
            guard.destroyForcibly(); // its pipe is broken, so it is ending already
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends by itself: the pipe is closed
        }
    }
}

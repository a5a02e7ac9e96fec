package check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lesson.Home;

/** A check that is a program of the clone: passed when it ends with 0. */
final class ProgramCheck {
    private static final int MINUTES = 10;

    private ProgramCheck() { }

    /** @param command the program's path in the clone, and its arguments */
    static Result of(Home home, String name, String... command) {
        try {
            var full = new ArrayList<>(List.of(command));
            full.set(0, home.root().resolve(command[0]).toString());
            var process = new ProcessBuilder(full).directory(home.root().toFile()).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var printed = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return Result.failed(name, String.join(" ", command) + " did not end within " + MINUTES + " minutes");
            }
            return process.exitValue() == 0 ? Result.passed(name) : Result.failed(name, printed);
        } catch (IOException e) {
            return Result.failed(name, "could not run " + String.join(" ", command) + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.failed(name, "interrupted");
        }
    }
}

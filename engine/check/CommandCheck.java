package check;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lab.os.Processes;
import lab.os.TempFolder;
import lesson.Home;

/** A check that is a program of the clone: passed when it ends with 0. */
final class CommandCheck {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private CommandCheck() { }

    /** @param command the program's path in the clone, and its arguments */
    static Result of(Home home, String name, String... command) {
        try {
            var full = new ArrayList<>(List.of(command));
            full.set(0, home.root().resolve(command[0]).toString());
            try (var tempFolder = TempFolder.of("check")) {
                var printed = tempFolder.folder().resolve("printed.txt"); // a pipe would be waited for, however long
                var process = new ProcessBuilder(full).directory(home.root().toFile()).redirectErrorStream(true)
                    .redirectOutput(printed.toFile()).start();
                process.getOutputStream().close();
                if (!Processes.endsWithin(TIMEOUT, process)) {
                    return Result.failed(name, String.join(" ", command) + " did not end within " + TIMEOUT.toMinutes() + " minutes:\n" + Files.readString(printed));
                }
                return process.exitValue() == 0 ? Result.passed(name) : Result.failed(name, Files.readString(printed));
            }
        } catch (IOException e) {
            return Result.failed(name, "could not run " + String.join(" ", command) + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.failed(name, "interrupted");
        }
    }
}

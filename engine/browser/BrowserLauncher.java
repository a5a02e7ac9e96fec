package browser;

import browser.notebook.NotebookFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import lesson.Home;

/**
 * Opens the learner's browser. The address has the secret in it, and the arguments of a command can be read by every account
 * of the machine; so the browser gets a file that only its owner can read, and the file sends it on.
 */
public final class BrowserLauncher implements AutoCloseable {
    private final Path file;

    private BrowserLauncher(Path file) {
        this.file = file;
    }

    /**
     * Opens the address.
     *
     * @return what to close when the notebook ends; nothing where there is no desktop to open a browser on
     */
    public static Optional<BrowserLauncher> of(Home home, String address, int port) {
        var opener = opener();
        if (opener.isEmpty()) {
            return Optional.empty();
        }
        try {
            var browserLauncher = new BrowserLauncher(write(home.state().resolve("notebook"), address, port));
            var command = Stream.concat(opener.stream(), Stream.of(browserLauncher.file.toUri().toString())).toList();
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return Optional.of(browserLauncher);
        } catch (IOException e) {
            return Optional.empty(); // the address is printed too
        }
    }

    /** Writes the file that sends a browser on. @throws IOException where it cannot be written */
    public static Path write(Path folder, String address, int port) throws IOException {
        var file = NotebookFile.privateFolder(folder).resolve("open-" + port + ".html");
        Files.deleteIfExists(file);
        Files.createFile(file, NotebookFile.ownerOnly(folder, "rw-------"));
        return Files.writeString(file, "<!DOCTYPE html><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">"
            + "<meta http-equiv=\"refresh\" content=\"0; url=" + address + "\"><a href=\"" + address + "\">Open the notebook</a>\n");
    }

    private static List<String> opener() {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler");
        }
        if (system.startsWith("mac")) {
            return List.of("open");
        }
        var hasDesktop = Stream.of("DISPLAY", "WAYLAND_DISPLAY").anyMatch(name -> !Optional.ofNullable(System.getenv(name)).orElse("").isEmpty());
        return hasDesktop ? List.of("xdg-open") : List.of();
    }

    @Override public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}

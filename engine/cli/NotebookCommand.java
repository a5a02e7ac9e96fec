package cli;

import browser.BrowserLauncher;
import browser.NotebookServer;
import browser.export.Download;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import lesson.Home;
import lesson.UnknownName;
import org.apache.commons.cli.Option;

/** {@code notebook 05}: the book in the browser, with cells that run. */
final class NotebookCommand extends Command {
    private static final Option PORT = value("port", "N", "where to serve it (default: where it was the last time)");
    private static final Option NO_OPEN = flag("no-open", "print the address alone, open no browser");

    private static final Option EXPORT = value("export", "FORMAT", "write the notebook as ipynb (Jupyter) or jbang (a program), with what you have changed, and stop");
    private static final Option OUT = value("out", "FILE", "where to write it (default: a name after the lesson; - prints it)");

    NotebookCommand() {
        super("notebook", "Open the course in the browser, with cells that run.",
            Arguments.oneAtMost("NN", "a lesson; nothing for the first page"), DATABASE, PORT, NO_OPEN, EXPORT, OUT);
    }

    @Override protected int run(ParsedArguments arguments) throws Exception {
        var home = Home.here();
        if (arguments.has(EXPORT)) {
            return export(home, arguments);
        }
        var page = arguments.words().isEmpty() ? "" : home.lesson(arguments.words().getFirst()).id() + ".html";
        var database = arguments.database();
        var server = arguments.has(PORT) ? NotebookServer.start(home, port(arguments), database)
            : NotebookServer.startWhereItWas(home, database, System.out::println);
        var address = server.address(page);
        System.out.println("The notebook is at " + address);
        System.out.println("It is yours alone, on this machine; Ctrl-C ends it.");
        var opening = arguments.has(NO_OPEN) ? Optional.<BrowserLauncher>empty() : BrowserLauncher.of(home, address, server.port());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, opening), "notebook-shutdown"));
        new CountDownLatch(1).await(); // until a signal ends the process
        return Main.OK;
    }

    private int export(Home home, ParsedArguments arguments) throws IOException {
        var format = UnknownName.check("format", arguments.value(EXPORT).orElseThrow(), Download.FORMATS);
        if (arguments.words().isEmpty()) {
            throw new UnknownName("which lesson shall be exported? ./jbang notebook 05 --export " + format);
        }
        var lesson = home.lesson(arguments.words().getFirst());
        var text = Download.text(home, lesson.number(), format);
        var file = arguments.value(OUT).orElse(Download.name(lesson, format));
        if (file.equals("-")) {
            System.out.print(text);
        } else {
            Files.writeString(Path.of(file), text);
            System.out.println("Wrote " + Path.of(file).toAbsolutePath());
        }
        return Main.OK;
    }

    private static void end(NotebookServer server, Optional<BrowserLauncher> opening) {
        try (server) {
            if (opening.isPresent()) {
                opening.get().close();
            }
        } catch (IOException e) {
            System.err.println("could not remove the file that opened the browser: " + e.getMessage());
        }
    }

    private int port(ParsedArguments arguments) {
        var word = arguments.value(PORT).orElseThrow();
        if (!word.matches("\\d{1,5}") || Integer.parseInt(word) > 65_535) {
            throw Usage.wrongValue(this, PORT, word);
        }
        return Integer.parseInt(word);
    }
}

package book.build;

import book.Finding;
import book.build.site.PublishedSite;
import book.site.SiteMetadata;
import cli.Command;
import cli.ParsedArguments;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lesson.Home;
import lesson.UnknownName;
import org.apache.commons.cli.Option;

/** {@code ./jbang docs}: writes the book, or with {@code --check} says whether docs/ is what its sources make now. */
public final class Docs extends Command {
    private static final Option CHECK = flag("check", "write nothing; say what is wrong with docs/ and its sources");

    private static final Option SITE = value("site", "DIR", "write what is published into this folder: the book, with SQL cells that run in a browser; needs Node.js and npm");

    private static final Option URL = value("url", "ADDRESS", "where that will be, as https://owner.github.io/course/: for search engines, feed readers and cards");

    private final PrintStream out = System.out;

    /** A command of Book.java alone, with AsciidoctorJ on its class path. */
    public Docs() {
        super("docs", "Build the book in docs/ from lessons, exercises and recordings.", Arguments.NONE, CHECK, SITE, URL);
    }

    @Override protected int run(ParsedArguments arguments) throws IOException {
        long start = System.nanoTime();
        var home = Home.here();
        if (arguments.has(URL) && !arguments.has(SITE)) {
            throw new UnknownName("--url is where that will be which --site writes; say both");
        }
        if (arguments.has(SITE)) {
            return publish(home, metadata(arguments), Path.of(arguments.value(SITE).orElseThrow()), start);
        }
        var scripts = ScriptBundle.buildAll(home);
        return arguments.has(CHECK) ? check(home, scripts, start) : write(home, scripts, start);
    }

    private static Optional<SiteMetadata> metadata(ParsedArguments arguments) {
        try {
            return arguments.value(URL).map(SiteMetadata::of);
        } catch (IllegalArgumentException e) {
            throw new UnknownName(e.getMessage());
        }
    }

    private int publish(Home home, Optional<SiteMetadata> metadata, Path folder, long start) throws IOException {
        var built = Builder.build(home);
        report(built.findings());
        PublishedSite.write(home, built.site(), metadata, folder);
        out.printf("%s. Written to %s in %s.%n", size(home), folder, seconds(start));
        return built.findings().isEmpty() ? 0 : 1;
    }

    private int write(Home home, List<ScriptBundle> scripts, long start) throws IOException {
        for (var script : scripts) {
            if (script.write()) {
                out.println(script.path());
            }
        }
        var built = Builder.build(home);   // of the scripts as they are now
        var written = built.site().write(home.root().resolve("docs"));
        written.forEach(path -> out.println("docs/" + path));
        out.printf("%s. %d of %d files written in %s.%n", size(home), written.size(), built.site().files().size(), seconds(start));
        report(built.findings());
        return built.findings().isEmpty() ? 0 : 1;
    }

    private int check(Home home, List<ScriptBundle> scripts, long start) throws IOException {
        var built = Builder.build(home);
        var findings = new ArrayList<>(built.findings());
        findings.addAll(built.site().differences(home.root().resolve("docs")));
        for (var script : scripts) {
            findings.addAll(script.differences());
        }
        findings.addAll(HtmlCheck.of(built.site()));
        report(findings);
        out.printf("%s, %d files: %s. Checked in %s.%n", size(home), built.site().files().size(),
            findings.isEmpty() ? "nothing to correct" : findings.size() + " to correct", seconds(start));
        return findings.isEmpty() ? 0 : 1;
    }

    private void report(List<Finding> findings) {
        findings.forEach(System.err::println);
    }

    private static String size(Home home) {
        return "Lessons: %d, exercises: %d".formatted(home.lessons().size(), home.exercises().size());
    }

    private static String seconds(long start) {
        return String.format(java.util.Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
    }
}

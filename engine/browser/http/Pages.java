package browser.http;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.tag;
import book.drawing.HtmlElement;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lesson.Hashes;
import lesson.Home;
import lesson.Lesson;
import lesson.Program;
import lesson.Region;

/** Serves the book's pages, with the few lines that make a notebook of them. */
public final class Pages {
    private static final Pattern LESSON = Pattern.compile("<main class=\"lesson\" data-lesson=\"([a-z0-9-]+)\"");
    private static final Pattern EXERCISE = Pattern.compile("<main class=\"exercise\" data-exercise=\"([0-9.]+)\"");
    private static final Pattern STEP = Pattern.compile("<section class=\"step\" id=\"([a-z0-9-]+)\"");
    private final Home home;
    private final Secrets secrets;
    private final Renewal renewal;
    private final ReloadScript reload;

    public Pages(Home home, Secrets secrets, Renewal renewal, ReloadScript reload) {
        this.home = home;
        this.secrets = secrets;
        this.renewal = renewal;
        this.reload = reload;
    }

    /**
     * Sends a page.
     *
     * @param path  "/", "/05-indexing.html", "/exercises/05-1-one-column.html"
     * @param nonce for the style sheets that its scripts make
     * @throws Refusal where there is no such page, or no book
     */
    public void serve(HttpExchange exchange, String path, String nonce) throws IOException {
        var docs = home.root().resolve("docs");
        var name = path.equals("/") ? "index.html" : path.substring(1);
        var file = Assets.inside(docs, name).filter(found -> found.toString().endsWith(".html"));
        if (file.isEmpty()) {
            throw missing(docs, name);
        }
        Responses.html(exchange, 200, withNotebook(Files.readString(file.get()), nonce));
    }

    private Refusal missing(Path docs, String name) {
        return Files.exists(docs.resolve("index.html")) ? Refusal.notFound("page " + name)
            : new Refusal(404, "the book is not built; run ./jbang docs");
    }

    private String withNotebook(String html, String nonce) {
        var lesson = lessonOf(html);
        var head = meta("course-token", secrets.command()) + meta("course-key", renewal.key()) + meta("course-run", renewal.run())
            + meta("course-clone", Hashes.of(home.learner().toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16)) + meta("course-nonce", nonce)
            + lesson.map(found -> meta("course-lesson", found.id())).orElse("");
        var lines = head + "<link rel=\"icon\" href=\"/assets/icon.svg\">"
            + "<link rel=\"stylesheet\" href=\"/assets/notebook.css\"><script type=\"module\" src=\"/assets/notebook.js\"></script>";
        var page = html.replaceFirst("<head>", Matcher.quoteReplacement("<head>" + reload.element())).replaceFirst("</head>", lines + "</head>");
        return lesson.filter(own -> html.contains("class=\"lesson\"") && isStale(own, html)).map(stale -> page.replaceFirst("(<main [^>]*>)", "$1" + outdated(stale))).orElse(page);
    }

    private static String meta(String name, String content) {
        return "<meta name=\"" + name + "\" content=\"" + HtmlElement.escape(content) + "\">";
    }

    /** The lesson that a page is about: its own, or that of an exercise. */
    private Optional<Lesson> lessonOf(String html) {
        var lesson = LESSON.matcher(html);
        if (lesson.find()) {
            return home.lessons().stream().filter(one -> one.id().equals(lesson.group(1))).findFirst();
        }
        var exercise = EXERCISE.matcher(html);
        return exercise.find()
            ? home.lessons().stream().filter(one -> exercise.group(1).startsWith(one.number() + ".")).findFirst() : Optional.empty();
    }

    /** Whether the page shows other steps than the lesson has. */
    private static boolean isStale(Lesson lesson, String html) {
        var shown = STEP.matcher(html).results().map(step -> step.group(1)).toList();
        return !shown.equals(Program.regions(lesson.program()).stream().map(Region::id).toList());
    }

    private static HtmlElement outdated(Lesson lesson) {
        return classed("p", "notice outdated", "This page is older than the lesson: its steps are not those of lesson"
            + lesson.number() + ".java. Build it again with ", tag("kbd", "./jbang docs"), " and load it anew.").with("role", "status");
    }
}

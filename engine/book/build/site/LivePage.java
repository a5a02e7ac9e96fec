package book.build.site;

import java.util.Map;
import java.util.Set;
import kernel.output.Numbers;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A page of the book with what brings its cells to life. Nothing on it looks different before a script has found that it can run them. */
final class LivePage {
    /** Nothing from elsewhere, nothing in the page itself; and PostgreSQL may be compiled. */
    private static final String POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";

    private LivePage() { }

    /** Says of each step whether it runs here, "sql", or what it would need: "java", "shell", or "above", what Java in the steps above makes. */
    static String lesson(String html, Set<String> running) {
        var page = parse(html);
        for (var step : page.select("section.step")) {
            var code = step.selectFirst("pre.cell > code");
            var language = code == null ? "java" : code.attr("data-lang");
            step.attr("data-live", running.contains(step.id()) ? "sql" : language.equals("sql") ? "above" : language);
        }
        var head = page.head();
        head.selectFirst("meta[charset]").after("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">");
        head.append("<link rel=\"stylesheet\" href=\"assets/live/live.css\">\n<script src=\"assets/live/start.js\" type=\"module\"></script>\n");
        return page.outerHtml();
    }

    /** How many of its cells run, and how many it has. */
    record Share(int running, int all) { }

    /** How many cells a lesson's page has. */
    static int cells(String html) {
        return html.split("<pre class=\"cell\">", -1).length - 1;
    }

    /** @param shares by the page of a lesson */
    static String index(String html, Map<String, Share> shares) {
        var page = parse(html);
        int running = 0;
        int all = 0;
        for (var lesson : page.select("ol.lessons > li")) {
            var share = shares.getOrDefault(lesson.selectFirst("h3 > a").attr("href"), new Share(0, 0));
            running += share.running();
            all += share.all();
            if (share.running() > 0) {
                lesson.selectFirst("p.facts").appendText(" · " + Numbers.counted(share.running(), "cell") + (share.running() == 1 ? " runs" : " run") + " in your browser");
            }
        }
        page.selectFirst("ol.lessons").before("<p class=\"live-share\">" + running + " of " + all + " cells run in your browser, on PostgreSQL in WebAssembly, "
            + "without an installation. The others need Java, a second session or the operating system: <code>./jbang notebook</code> runs them all.</p>\n");
        return page.outerHtml();
    }

    private static Document parse(String html) {
        var page = Jsoup.parse(html);
        page.outputSettings().prettyPrint(false);
        return page;
    }
}

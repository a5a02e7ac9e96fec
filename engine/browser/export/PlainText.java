package browser.export;

import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** The text of a drawn output, for those who do not show HTML. */
final class PlainText {
    private PlainText() { }

    static String text(String html) {
        var body = Jsoup.parseBodyFragment(html).body();
        body.select("svg, [aria-hidden=true]").remove();
        body.select("tr").forEach(row -> row.text(row.select("> th, > td").stream().map(Element::text).collect(Collectors.joining(" | ")) + "\n"));
        body.select("br").forEach(line -> line.after("\n"));
        body.select("p, figcaption, dt, dd, li, pre").forEach(block -> block.appendText("\n"));
        return body.wholeText().lines().map(String::stripTrailing).filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
    }
}

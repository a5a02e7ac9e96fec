package book;

import java.util.List;
import org.jsoup.nodes.Element;

/**
 * Finds AsciiDoc marks that reached the reader: a backtick that opens no code, or one that closed too late and made half a
 * paragraph code. Asciidoctor does not warn of them.
 */
final class StrayMarks {
    private static final int AROUND = 30;

    private StrayMarks() { }

    static void of(Element body, ConvertedPage converted, List<Finding> findings) {
        var running = body.clone();
        running.select("pre").remove();
        for (var block : running.select("p, li, td, th, dd, dt, h2, h3, figcaption")) {
            var text = block.ownText().contains("`") ? block.text()
                : block.select("> code:contains(`), > * > code:contains(`)").text();
            int at = text.indexOf('`');
            if (at >= 0) {
                findings.add(new Finding(converted.source(), "a backtick is left in \""
                    + text.substring(Math.max(0, at - AROUND), Math.min(text.length(), at + AROUND)) + "\"",
                    "Next to quotes or letters AsciiDoc wants two: ``code``."));
            }
        }
    }
}

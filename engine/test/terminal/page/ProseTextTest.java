package terminal.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import terminal.drawing.AnsiPalette;
import terminal.drawing.TextStyle;
import terminal.drawing.Wrap;

class ProseTextTest {
    @Test void aParagraphIsBrokenIntoLinesOfAReadableMeasure() {
        assertEquals("One two three\nfour five", prose("<p>One two\n three four five</p>", 13));
    }

    @Test void codeHasNoMarksWhereThereAreNoColours() {
        assertEquals("Call close() twice.", prose("<p>Call <code>close()</code> <strong>twice</strong>.</p>", 60));
    }

    @Test void listsAreMarkedAndHangingLinesAreIndented() {
        assertEquals("• one two\n  three\n• four", prose("<ul><li><p>one two three</p></li><li><p>four</p></li></ul>", 9));
        assertEquals("1. first\n2. second", prose("<ol><li>first</li><li>second</li></ol>", 60));
    }

    @Test void aTableHasItsHeadAndBrokenCells() {
        assertEquals("""
            You know    Here
            ──────────  ────
            pg.Pool of  same
            node""", prose("<table><thead><tr><th>You know</th><th>Here</th></tr></thead>"
                + "<tbody><tr><td>pg.Pool of node</td><td>same</td></tr></tbody></table>", 16));
    }

    @Test void aNoteHasItsWordAndALineBeside() {
        assertEquals("│ Warning\n│ Not this.", prose("<aside class=\"aside warning\"><p class=\"word\">Warning</p>Not <b>this</b>.</aside>", 60));
    }

    @Test void aLongAddressIsShownToo() {
        var address = "https://www.postgresql.org/docs/18/a-page.html#and-a-place-in-it";
        assertEquals("See the manual\n(" + address + ").", prose("<p>See <a href=\"" + address + "\">the manual</a>.</p>", 200));
        assertEquals("See " + address, prose("<p>See <a href=\"" + address + "\">" + address.substring(8) + "</a></p>", 200));
    }

    @Test void anAddressOutsideIsShownAndOneInsideIsNot() {
        assertEquals("See the manual (https://www.postgresql.org/docs/18/) and pools.",
            prose("<p>See <a href=\"https://www.postgresql.org/docs/18/\">the manual</a> and <a href=\"02-pooling.html\">pools</a>.</p>", 80));
    }

    @Test void aTerminalThatKnowsLinksGetsThem() {
        var style = new TextStyle(AnsiPalette.NONE, true, 80);
        var lines = ProseText.lines(Jsoup.parseBodyFragment("<p><a href=\"https://x.org/\">here</a></p>").body(), style);
        assertEquals("\u001b]8;;https://x.org/\u001b\\here\u001b]8;;\u001b\\", lines.getFirst());
    }

    @Test void aListingIsColouredByTheClassesOfTheBook() {
        var style = new TextStyle(new AnsiPalette(Map.of("keyword", 139)), false, 80);
        var lines = Listing.lines(Jsoup.parseBodyFragment("<pre><code><span class=\"k\">select</span> <span class=\"mi\">1</span></code></pre>").selectFirst("code"), style);
        assertEquals("\u001b[38;5;139mselect\u001b[39m 1", lines.getFirst());
    }

    @Test void coloursEndWithTheLineAndBeginAgainOnTheNext() {
        var lines = Wrap.lines("\u001b[1mone two\u001b[22m three", 4);
        assertEquals("\u001b[1mone\u001b[0m", lines.get(0));
        assertTrue(lines.get(1).startsWith("\u001b[1mtwo"), lines::toString);
    }

    @Test void aWordLongerThanTheLineIsSplit() {
        assertEquals("abcd\nefgh\ni", String.join("\n", Wrap.lines("abcdefghi", 4)));
    }

    private static String prose(String html, int width) {
        return String.join("\n", ProseText.lines(Jsoup.parseBodyFragment(html).body(), new TextStyle(AnsiPalette.NONE, false, width)));
    }
}

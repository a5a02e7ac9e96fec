package book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Asciidoctor writes on the left, what the style sheet and the terminal know on the right. */
class CleanHtmlTest {
    @Test void aParagraphIsOnlyAParagraph() {
        assertEquals("<p>a <em>b</em> c</p>", clean("<div class=\"paragraph\">\n<p>a <em>b</em> c</p>\n</div>"));
    }

    @Test void aListKeepsItsItemsAndLosesItsWrappers() {
        assertEquals("<ul> <li> a </li> </ul>", clean("<div class=\"ulist\">\n<ul>\n<li>\n<p>a</p>\n</li>\n</ul>\n</div>"));
    }

    @Test void aTitledListingIsAFigure() {
        assertEquals("<figure class=\"listing\"><figcaption>a.js</figcaption><pre><code data-lang=\"js\">x</code></pre></figure>",
            clean("<div class=\"listingblock\"><div class=\"title\">a.js</div><div class=\"content\"><pre class=\"rouge highlight\">"
                + "<code data-lang=\"js\"><span class=\"n\">x</span></code></pre></div></div>"));
    }

    @Test void aLiteralBlockScrollsLikeAListing() {
        assertEquals("<pre><code>a &lt; b</code></pre>", clean("<div class=\"literalblock\"><div class=\"content\"><pre>a &lt; b</pre></div></div>"));
    }

    @Test void theHeadOfATableSaysWhatItIsTheHeadOf() {
        assertEquals("<div class=\"scroll\"><table><thead><tr><th scope=\"col\">a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table></div>",
            clean("<table class=\"tableblock frame-all\"><colgroup><col></colgroup><thead><tr><th class=\"tableblock\">a</th></tr></thead>"
                + "<tbody><tr><td class=\"tableblock\"><p class=\"tableblock\">b</p></td></tr></tbody></table>"));
    }

    @Test void whatIsEmptyIsTheHeadOfNothing() {
        assertEquals("<div class=\"scroll\"><table><thead><tr><td></td><th scope=\"col\">15</th></tr></thead></table></div>",
            clean("<table class=\"tableblock\"><thead><tr><th class=\"tableblock\"></th><th class=\"tableblock\">15</th></tr></thead></table>"));
    }

    @Test void aNumberIsNotBrokenBetweenItsThousandsButInCode() {
        assertEquals("<p>of 200\u202f000 jobs, <code>1 000</code></p>", clean("<p>of 200 000 jobs, <code>1 000</code></p>"));
    }

    @Test void aBacktickThatReachesTheReaderIsFound() {
        assertEquals(List.of("a backtick is left in \"a `b\""), strayMarks("<p>a `b</p>"));
        assertEquals(List.of("a backtick is left in \"b`. c\""), strayMarks("<p>a <code>b`. c</code></p>"));
        assertEquals(List.of(), strayMarks("<p>a <code>b</code></p><pre><code>`</code></pre>"));
    }

    private static List<String> strayMarks(String html) {
        var findings = new ArrayList<Finding>();
        StrayMarks.of(CleanHtml.of(html), new ConvertedPage("x.adoc", "x", Map.of(), html), findings);
        return findings.stream().map(Finding::what).toList();
    }

    private static String clean(String html) {
        return CleanHtml.of(html).html().strip().replaceAll("\\s+", " ");
    }
}

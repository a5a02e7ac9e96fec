package book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class SearchIndexTest {
    private static final BookPage PAGE = new BookPage("02-pooling.html", "", "Pooling", "", Jsoup.parse("""
        <main><h1>Pooling</h1><section id="price"><h2>Price</h2><p>Ends a script: &lt;/script&gt;</p><svg><text>bar</text></svg></section>
        <section id="size"><h2>Size</h2><pre><code>setMaximumPoolSize(4)</code></pre></section></main>
        """).expectFirst("main"));

    @Test void eachSectionIsOneLineThatLeadsToIt() {
        var entries = SearchIndex.of(List.of(PAGE)).lines().filter(line -> line.startsWith("{")).toList();
        assertEquals(2, entries.size());
        assertTrue(entries.get(1).contains("\"url\":\"02-pooling.html#size\""), entries.get(1));
        assertTrue(entries.get(1).contains("setMaximumPoolSize"), entries.get(1));
    }

    @Test void theIndexCannotEndTheScriptThatHoldsIt() {
        assertFalse(SearchIndex.of(List.of(PAGE)).contains("</script>"));
    }

    @Test void drawingsAreNotSearched() {
        assertFalse(SearchIndex.of(List.of(PAGE)).contains("bar"));
    }
}

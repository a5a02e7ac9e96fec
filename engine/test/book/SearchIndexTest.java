package book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import lesson.Home;
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

    @Test void namesInFoldedProgramsOfOtherToolsAreNotSearchedInALesson() {
        var folded = "<main class=%s><section id=a><h2>A</h2><details><summary>Knex, run</summary><pre>createTable</pre></details></section></main>";
        assertFalse(SearchIndex.of(List.of(page(folded.formatted("lesson")))).contains("createTable"));
        assertTrue(SearchIndex.of(List.of(page(folded.formatted("exercise")))).contains("createTable"));
    }

    @Test void theIndexOfTheBookWeighs300KilobytesAtMostCompressed() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(Files.readAllBytes(Home.here().root().resolve("docs/assets/search-index.js")));
        }
        assertTrue(packed.size() < 300 * 1024, packed.size() + " bytes");
    }

    private static BookPage page(String main) {
        return new BookPage("02-pooling.html", "", "Pooling", "", Jsoup.parse(main).expectFirst("main"));
    }
}

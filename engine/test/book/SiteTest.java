package book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
    private final Site site = new Site(new TreeMap<>(Map.of("index.html", "one\ntwo\n", "assets/book.css", "x")));
    @TempDir Path docs;

    @Test void whatWasJustWrittenHasNoDifferences() throws IOException {
        site.write(docs);
        assertEquals(List.of(), site.differences(docs));
    }

    @Test void writingAgainWritesNothing() throws IOException {
        assertEquals(2, site.write(docs).size());
        assertEquals(List.of(), site.write(docs));
    }

    @Test void anEditedPageIsFoundWithItsLine() throws IOException {
        site.write(docs);
        Files.writeString(docs.resolve("index.html"), "one\nTWO\n");
        var finding = site.differences(docs).getFirst();
        assertEquals("docs/index.html:2: is not what its sources make now\n    Run ./jbang docs and commit docs/.", finding.toString());
    }

    @Test void aMissingPageAndOneThatNoSourceMakesAreFound() throws IOException {
        Files.createDirectories(docs.resolve("exercises"));
        Files.writeString(docs.resolve("exercises/old.html"), "");
        assertEquals(List.of("docs/assets/book.css", "docs/index.html", "docs/exercises/old.html"),
            site.differences(docs).stream().map(Finding::file).toList());
    }

    @Test void writingRemovesAPageThatNoSourceMakesAndLeavesSourcesAlone() throws IOException {
        Files.writeString(docs.resolve("old.html"), "");
        Files.writeString(docs.resolve("index.adoc"), "= Title");
        site.write(docs);
        assertFalse(Files.exists(docs.resolve("old.html")));
        assertTrue(Files.exists(docs.resolve("index.adoc")));
    }
}

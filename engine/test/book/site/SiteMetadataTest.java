package book.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import lesson.Home;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SiteMetadataTest {
    private static final String PAGE = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Keys &amp; trees · Postgres by Experiment</title>
        <meta name="description" content="What does a &quot;key&quot; promise?"></head><body><p>a  b</p></body></html>
        """;
    private final SiteMetadata site = SiteMetadata.of("https://owner.github.io/course");

    @Test
    void aPageSaysWhatItIsCalledForAllAndWhatStandsOnACard() {
        var html = site.page("exercises/06-1-books.html", PAGE);
        var head = Jsoup.parse(html).head();
        assertEquals("https://owner.github.io/course/exercises/06-1-books.html", head.selectFirst("link[rel=canonical]").attr("href"));
        assertEquals("https://owner.github.io/course/feed.xml", head.selectFirst("link[type=application/rss+xml]").attr("href"));
        assertEquals("Keys & trees · Postgres by Experiment", head.selectFirst("meta[property=og:title]").attr("content"));
        assertEquals("What does a \"key\" promise?", head.selectFirst("meta[property=og:description]").attr("content"));
        assertEquals("https://owner.github.io/course/assets/card.png", head.selectFirst("meta[property=og:image]").attr("content"));
        assertTrue(html.contains("<p>a  b</p>"), "the page itself is as it was");
        assertEquals("https://owner.github.io/course/", Jsoup.parse(site.page("index.html", PAGE)).selectFirst("link[rel=canonical]").attr("href"));
    }

    @Test
    void theSiteMapHasEachPageOnce() throws Exception {
        var locations = xml(site.sitemap(List.of("index.html", "05-indexing.html"))).getElementsByTagName("loc");
        assertEquals(2, locations.getLength());
        assertEquals("https://owner.github.io/course/05-indexing.html", locations.item(0).getTextContent());
    }

    @Test
    void theFeedHasTheChangesOfTheCourse() throws Exception {
        var feed = xml(site.feed(List.of(new CourseChange("abc", OffsetDateTime.parse("2026-11-30T10:15:00+01:00"), "Show <the> plan & its cost"))));
        assertEquals("Show <the> plan & its cost", feed.getElementsByTagName("title").item(1).getTextContent());
        assertEquals("Mon, 30 Nov 2026 10:15:00 +0100", feed.getElementsByTagName("pubDate").item(0).getTextContent());
    }

    @Test
    void changesOfLessonsAndExercisesAreNewsAndOthersAreNot(@TempDir Path clone) throws IOException, InterruptedException {
        assertEquals(List.of(), CourseChange.newest(new Home(clone)), "without git there are none");
        git(clone, "init", "--quiet");
        for (var file : List.of("lessons/01.adoc", "README.md", "exercises/01.1.adoc")) {
            Files.createDirectories(clone.resolve(file).getParent());
            Files.writeString(clone.resolve(file), "text");
            git(clone, "add", ".");
            git(clone, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "Write\t" + file);
        }
        assertEquals(List.of("Write\texercises/01.1.adoc", "Write\tlessons/01.adoc"), CourseChange.newest(new Home(clone)).stream().map(CourseChange::sentence).toList());
    }

    private static void git(Path folder, String... words) throws IOException, InterruptedException {
        var git = new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(words)).toList()).directory(folder.toFile()).inheritIO().start();
        assertTrue(git.waitFor(20, TimeUnit.SECONDS) && git.exitValue() == 0, () -> "git " + String.join(" ", words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"course", "/course", "ftp://example.org/", "https://example.org/?a=1"})
    void whatIsNoAddressIsRefused(String address) {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> SiteMetadata.of(address)).getMessage().contains("is no address of a site"));
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }
}

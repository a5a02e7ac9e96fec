package book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LinkCheckTest {
    @Test void aBookWhoseLinksAllLeadSomewhereHasNoFindings() {
        assertEquals(List.of(), check("<a href=\"exercises/one.html#hint\">x</a><a href=\"#here\" id=\"here\">y</a>"
            + "<script src=\"assets/book.js\"></script><a href=\"https://www.postgresql.org/\">z</a>"));
    }

    @Test void aPageThatIsNotThereIsFoundWithItsLine() {
        var finding = LinkCheck.of(site("\n\n<a href=\"02-poling.html\">x</a>")).getFirst();
        assertEquals("docs/index.html", finding.file());
        assertEquals(3, finding.line());
        assertEquals("\"02-poling.html\" leads to docs/02-poling.html, which is not in the book", finding.what());
    }

    @Test void anAnchorThatIsNotThereIsFound() {
        assertEquals(List.of("\"exercises/one.html#hnit\" leads to #hnit, which docs/exercises/one.html does not have",
            "\"#nowhere\" leads to #nowhere, which docs/index.html does not have"),
            check("<a href=\"exercises/one.html#hnit\">x</a><a href=\"#nowhere\">y</a>"));
    }

    @Test void aScriptAPictureOrAStyleSheetThatIsNotThereIsFound() {
        assertEquals(3, check("<script src=\"a.js\"></script><img src=\"b.svg\"><link rel=\"stylesheet\" href=\"c.css\">").size());
    }

    @Test void aLinkOutOfTheBookIsFound() {
        assertEquals(1, check("<a href=\"../lessons/02-pooling/lesson02.java\">x</a>").size());
        assertEquals(1, check("<a href=\"javascript:alert(1)\">x</a>").size());
        assertEquals(1, check("<a href=\"not a link\">x</a>").size());
    }

    private static List<String> check(String body) {
        return LinkCheck.of(site(body)).stream().map(Finding::what).toList();
    }

    private static Site site(String body) {
        return new Site(new TreeMap<>(Map.of("index.html", body, "exercises/one.html", "<p id=\"hint\">", "assets/book.js", "")));
    }
}

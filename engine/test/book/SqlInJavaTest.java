package book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class SqlInJavaTest {
    @Test void theWordsOfAStatementInATextBlockAreColouredAndItsTextStays() {
        var code = code("execute(<span class=\"s\">\"\"\"\n    select name -- all\n    from users where id = 7 and name &lt;&gt; 'it''s'\"\"\"</span>);");
        var text = code.wholeText();
        SqlInJava.colour(code);
        assertEquals(text, code.wholeText());
        assertEquals("[select, from, where, and]", code.select(".k").eachText().toString());
        assertEquals("[7]", code.select(".mi").eachText().toString());
        assertEquals("['it''s']", code.select(".s1").eachText().toString());
        assertEquals("[-- all]", code.select(".c1").eachText().toString());
    }

    @Test void aTextBlockThatIsNoStatementStaysAString() {
        var code = code("show(<span class=\"s\">\"\"\"\n    Selected for you\"\"\"</span>);");
        var before = code.html();
        SqlInJava.colour(code);
        assertEquals(before, code.html());
    }

    private static Element code(String html) {
        return Jsoup.parseBodyFragment("<pre><code>" + html + "</code></pre>").expectFirst("code");
    }
}

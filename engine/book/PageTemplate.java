package book;

import book.drawing.HtmlElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;

/** What stands around every page: {@code theme/page.html}, whose {@code {{names}}} are filled in. */
public final class PageTemplate {
    private static final Pattern GAP = Pattern.compile("\\{\\{([a-z]+)}}");
    private final String template;

    private PageTemplate(String template) {
        this.template = template;
    }

    /** Reads {@code page.html} of a theme. */
    public static PageTemplate read(Path theme) throws IOException {
        return new PageTemplate(Files.readString(theme.resolve("page.html")));
    }

    /** The page as it is written to docs/. */
    public String around(BookPage page, Contents contents) {
        var course = contents.index().title();
        var filled = new LinkedHashMap<String, String>();
        filled.put("title", HtmlElement.escape(page == contents.index() ? course : page.title() + " · " + course));
        filled.put("course", HtmlElement.escape(course));
        filled.put("description", HtmlElement.escape(page.question().isEmpty() ? page.title() : page.question()));
        filled.put("source", page.source());
        filled.put("root", page.root());
        filled.put("side", contents.side(page).toString());
        filled.put("main", html(page));
        filled.put("practice", contents.practice(page).toString());
        filled.put("way", contents.way(page).toString());
        return fill(filled);
    }

    /** As it was made: jsoup's own layout would move the blanks of inline elements. */
    private static String html(BookPage page) {
        var document = Document.createShell("");
        document.outputSettings().prettyPrint(false);
        return document.body().appendChild(page.main().clone()).child(0).outerHtml();
    }

    private String fill(Map<String, String> values) {
        return GAP.matcher(template).replaceAll(gap -> {
            var value = values.get(gap.group(1));
            if (value == null) {
                throw new IllegalStateException("engine/book/theme/page.html asks for {{" + gap.group(1) + "}}; known are " + values.keySet());
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
